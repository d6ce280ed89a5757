package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of Alice and Bob, open in the same room while the server restarts. */
public final class OpenPages implements AutoCloseable {

    private static final Pattern MESSAGE_BOX = Pattern.compile("^Message ");

    private final Browser browser;
    private final Page alice;
    private final Page bob;

    private OpenPages(Browser browser, Page alice, Page bob) {
        this.browser = browser;
        this.alice = alice;
        this.bob = bob;
    }

    /** Opens them in this room, where Alice says something before the restart. */
    public static OpenPages in(String room) {
        Browser browser = Browser.start();
        List<Page> pages = Stream.of("Alice", "Bob").map(person -> {
            Page page = People.signsIn(browser, person);
            People.opens(page, room);
            return page;
        }).toList();
        var open = new OpenPages(browser, pages.getFirst(), pages.getLast());
        writes(open.alice, "before");
        assertThat(message(open.bob, "before")).isVisible();
        return open;
    }

    /** The pages connect again by themselves, and show each message once. */
    public void continueAfterTheRestart() {
        writes(alice, "after");
        // A browser that comes online tries at once, so the test needn't wait for the longest backoff.
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofSeconds(1)).until(() -> {
            Stream.of(alice, bob).forEach(page -> page.evaluate("dispatchEvent(new Event('online'))"));
            return message(bob, "after").isVisible();
        });
        assertThat(message(bob, "after")).hasCount(1);
        assertThat(message(bob, "before")).hasCount(1);
    }

    @Override
    public void close() {
        browser.close();
    }

    private static void writes(Page page, String text) {
        Locator box = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(MESSAGE_BOX));
        box.fill(text);
        box.press("Enter");
    }

    private static Locator message(Page page, String text) {
        return page.locator(".message").filter(new Locator.FilterOptions().setHasText(text));
    }
}
