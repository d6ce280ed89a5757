package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.kit.Http;
import parley.kit.Server;

/** Documents in the page, as people write in them together. */
class DocumentPageIT {

    @RegisterExtension
    static final People people = new People();

    private static final LocatorAssertions.IsVisibleOptions SOON = new LocatorAssertions.IsVisibleOptions().setTimeout(15_000);

    private Browser browser;
    private String id;

    @BeforeEach
    void createRoom() {
        browser = people.browser();
        id = Http.of("alice").post("/api/rooms", Map.of("name", "Documents " + UUID.randomUUID())).json(201).get("id").stringValue();
    }

    @Test
    void twoPeopleWriteAtTheSameTime() {
        Page alice = people.enters("Alice", id);
        alice.locator(".documents-button").click();
        alice.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New document")).click();
        alice.getByLabel("Title").fill("Plan");
        alice.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create document")).click();
        Locator hers = text(alice);
        assertThat(hers).isFocused(new LocatorAssertions.IsFocusedOptions().setTimeout(15_000));
        hers.pressSequentially("Hello from Alice.");

        Page bob = people.enters("Bob", id);
        bob.locator(".documents-button").click();
        bob.locator(".documents .jump").filter(new Locator.FilterOptions().setHasText("Plan")).click();
        Locator his = text(bob);
        assertThat(his).containsText("Hello from Alice.");
        his.press("Control+End");
        his.pressSequentially(" And from Bob.");
        assertThat(hers).containsText("Hello from Alice. And from Bob.");
        assertThat(alice.locator(".document .whose")).hasText("Bob");
        // Only one's own change.
        hers.press("Control+z");
        assertThat(his).not().containsText("Alice");
        assertThat(his).containsText("And from Bob.");
        assertThat(bob.locator(".document .saved")).hasText("Saved");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theEditorOfABannedPersonStops() {
        Http.of("alice").createsDocument(id, "Plan");
        Page bob = people.arrives("Bob", id);
        bob.locator(".documents-button").click();
        bob.locator(".documents .jump").click();
        assertThat(text(bob)).isVisible(SOON);
        Http.of("alice").bans(id, "bob");
        assertThat(bob.locator(".document .cm-content")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(5_000));
    }

    @Test
    void writesByTouchAndComesBackByALink() {
        String document = Http.of("alice").createsDocument(id, "Plan");
        Page phone = browser.opensOnAPhone(URI.create(Server.base() + "/"));
        phone.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Alice")).tap();
        People.opens(phone, id);
        phone.evaluate("hash => location.hash = hash", "#/" + id + "/document/" + document);
        text(phone).tap(new Locator.TapOptions().setTimeout(15_000));
        phone.keyboard().insertText("- milk");
        phone.keyboard().press("Enter");
        phone.keyboard().insertText("bread");
        assertThat(phone.locator(".document .saved")).hasText("Saved");
        assertThat(text(phone)).containsText("- bread");
        phone.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("All documents")).tap();
        assertThat(phone.locator(".documents li")).hasCount(1);
        phone.locator(".documents .jump").tap();
        assertThat(text(phone)).containsText("- milk");
        assertThat(phone.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    }

    @ParameterizedTest
    @EnumSource
    void picturesEachState(Pictures look) {
        look.take(browser, "documents-demo.js", "document");
    }

    private static Locator text(Page page) {
        return page.locator(".document .cm-content");
    }
}
