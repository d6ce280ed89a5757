package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import parley.kit.Json;

/**
 * People who stay signed in to the portal from test to test of a class, each in a browser session of their own. Every test gets a room of
 * its own. After a test has failed, they sign in again.
 */
final class People implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Pattern MESSAGE_BOX = Pattern.compile("^Message ");

    private static final Duration LASTS = Duration.ofHours(1);

    private final Map<String, Page> pages = new HashMap<>();
    private Browser browser;

    /** The browser of these people, for further sessions of one test. Its complaints are those of the current test. */
    Browser browser() {
        return browser;
    }

    /** The page of this person, in this room as a member who can post. */
    Page enters(String person, String room) {
        Page page = pages.computeIfAbsent(person, name -> signsIn(browser, name));
        opens(page, room);
        return page;
    }

    /** The same in a new session, for tests that leave or close the page, or change what it remembers. */
    Page arrives(String person, String room) {
        Page page = signsIn(browser, person);
        opens(page, room);
        return page;
    }

    static Page signsIn(Browser browser, String person) {
        Page page = browser.opensPortal(1200, 800);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(person)).click();
        return page;
    }

    /** Signs the owner of this token in to the portal, in every tab that the session opens from now on. Takes any user id. */
    static void staysSignedIn(BrowserContext session, String user, String token) {
        String portal = Json.text(Map.of("user", user, "token", token, "until", System.currentTimeMillis() + LASTS.toMillis()));
        session.addInitScript("if (location.host) sessionStorage.setItem('portal.session', " + Json.text(portal) + ")");
    }

    /** Opens the room and joins it if needed. */
    static void opens(Page page, String room) {
        page.evaluate("room => document.querySelector('parley-chat').open(room)", room);
        assertThat(page.locator("parley-chat")).hasAttribute("room", room);
        // Until the messages are loaded, a disabled box takes the place of the join button.
        assertThat(page.getByRole(AriaRole.LOG).first()).hasAttribute("aria-busy", "false");
        Locator join = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Join room"));
        if (join.isVisible()) {
            join.click();
        }
        assertThat(page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(MESSAGE_BOX))).isEnabled();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        if (browser == null) {
            browser = Browser.start();
        }
        browser.complaints().clear();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        if (test.getExecutionException().isPresent()) {
            pages.clear();
        }
        if (browser != null) {
            browser.closesAllBut(pages.values());
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        if (browser != null) {
            browser.close();
        }
    }
}
