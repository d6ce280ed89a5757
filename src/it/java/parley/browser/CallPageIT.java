package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.kit.Coturn;
import parley.kit.Http;
import parley.kit.Server;

/** Calls in the page, between real browsers, whose media go through Debian's coturn and nowhere else. */
class CallPageIT {

    @RegisterExtension
    static final People people = new People();

    private static final LocatorAssertions.HasCountOptions SOON = new LocatorAssertions.HasCountOptions().setTimeout(15_000);
    private static final Duration FLOWS_WITHIN = Duration.ofSeconds(15);
    @TempDir
    static Path folder;
    private static Coturn coturn;

    private Browser browser;
    private String id;

    @BeforeAll
    static void startTheRelay() throws IOException, InterruptedException {
        coturn = Coturn.start(folder, "--allow-private");
    }

    @AfterAll
    static void stopTheRelay() {
        if (coturn != null) {
            coturn.close();
        }
    }

    @BeforeEach
    void createRoom() {
        browser = people.browser();
        id = Http.of("alice").post("/api/rooms", Map.of("name", "Calls " + UUID.randomUUID())).json(201).get("id").stringValue();
    }

    @Test
    void twoPeopleTalkThroughTheRelay() {
        Page alice = Caller.opens(browser, "alice", id, coturn);
        Page bob = Caller.opens(browser, "bob", id, coturn);
        // By keyboard alone.
        alice.locator(".call-button").focus();
        alice.keyboard().press("Enter");
        assertThat(alice.locator(".call .control").first()).isFocused();
        assertThat(bob.locator(".call-bar")).containsText("Alice has started a call.");
        bob.locator(".call-bar button.primary").focus();
        bob.keyboard().press("Enter");
        talk(alice, bob);

        bob.locator(".call .control").nth(1).click();
        assertThat(alice.locator(".tile video:not([hidden])")).hasCount(1, SOON);
        alice.keyboard().press("Space");
        assertThat(bob.locator(".tile .mark.microphone-off")).hasCount(1, SOON);

        // Both make an offer at the same moment.
        alice.evaluate("() => connections.at(-1).restartIce()");
        bob.evaluate("() => connections.at(-1).restartIce()");
        talk(alice, bob);

        bob.reload();
        People.opens(bob, id);
        assertThat(bob.locator(".call-bar")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
        bob.locator(".call-bar button.primary").click();
        talk(alice, bob);

        bob.locator(".call .control.leave").click();
        assertThat(alice.locator(".tile")).hasCount(1);
        assertThat(bob.locator(".call")).isHidden();
        alice.locator(".call .control.leave").click();
        assertThat(bob.locator(".call-line").last()).containsText("Call ended after 1 minute: Alice and Bob");
        assertThat(Server.log()).doesNotContain("ice-ufrag", " typ relay");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whoRefusesTheMicrophoneHearsOthersOnAPhone() {
        Page alice = Caller.opens(browser, "alice", id, coturn);
        alice.locator(".call-button").click();
        assertThat(alice.locator(".tile")).hasCount(1, SOON);
        Page bob = Caller.onAPhone(browser, "bob", id, coturn);
        bob.locator(".call-bar button.primary").tap();
        assertThat(bob.locator(".call .problem")).containsText("This page may not use your microphone");
        Caller.flows(bob, FLOWS_WITHIN);
        assertThat(alice.locator(".tile .mark.microphone-off")).hasCount(1, SOON);
        bob.locator(".call .control").nth(3).tap();
        assertThat(alice.locator(".tile .mark.hand")).hasCount(1, SOON);
        assertThat(bob.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
        Accessibility.LAYOUT.check(bob, "a call without a microphone");
        bob.locator(".call .control.settings").tap();
        Locator test = bob.locator("dialog.call-settings .act");
        test.tap();
        assertThat(bob.locator(".call-settings td[data-state=open]")).hasCount(1, SOON);
        assertThat(bob.locator(".call-settings .verdict")).hasText("Calls work from here.");
        Accessibility.ALL.check(bob, "the devices and the test");
    }

    @ParameterizedTest
    @EnumSource(names = {"DESKTOP", "PHONE", "RTL"})
    void picturesEachState(Pictures look) {
        look.take(browser, "calls-demo.js", "call");
    }

    /** Both are connected, and both receive. */
    private static void talk(Page one, Page other) {
        for (Page page : new Page[] {one, other}) {
            assertThat(page.locator(".tile:not([data-state])")).hasCount(2, SOON);
        }
        await().atMost(FLOWS_WITHIN).pollInterval(Duration.ofMillis(200)).until(() -> Caller.relayed(one) > 0 && Caller.relayed(other) > 0);
        Caller.flows(one, FLOWS_WITHIN);
        Caller.flows(other, FLOWS_WITHIN);
    }
}
