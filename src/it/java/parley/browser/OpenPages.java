package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages of Alice and Bob, open in the same room while the server restarts. */
public final class OpenPages implements AutoCloseable {

    /** Milliseconds of the longest backoff of the client. */
    private static final long LONGEST_BACKOFF = 30_000;
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
            page.clock().install();
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
        Stream.of(alice, bob).forEach(page -> page.clock().fastForward(LONGEST_BACKOFF));
        assertThat(message(bob, "after")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(45_000));
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
