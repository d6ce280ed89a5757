package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import parley.kit.Json;
import parley.kit.Server;
import parley.kit.Tokens;

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

    /** The page of this person on one of their devices, as the last test left it. Takes any user id. */
    Page at(String device, String person) {
        return pages.computeIfAbsent(device + " of " + person, name -> {
            BrowserContext session = browser.opensSession();
            staysSignedIn(session, person, Tokens.of(person));
            Page page = browser.opensTab(session);
            page.navigate(Server.base() + "/");
            assertThat(page.locator(".skeleton").first()).isHidden();
            return page;
        });
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

    /** Begins a direct conversation with this person, who is found by name. Then looks at the notifications and the rooms of the server. */
    static void usesTheSidebar(Page page, String person) {
        page.getByRole(AriaRole.BUTTON, named("New message")).click();
        page.getByLabel("Find people by name").first().fill(person);
        page.locator("dialog[open] .people-picker li").filter(new Locator.FilterOptions().setHasText(person)).first().click();
        page.locator("dialog[open] .primary").click();
        assertThat(page.getByRole(AriaRole.HEADING, named(person).setExact(true))).isVisible();
        Locator box = page.getByRole(AriaRole.TEXTBOX, named(MESSAGE_BOX));
        assertThat(box).isFocused();
        String text = "Just us " + UUID.randomUUID();
        box.fill(text);
        box.press("Enter");
        assertThat(page.locator(".main .message").filter(new Locator.FilterOptions().setHasText(text))).hasAttribute("data-state", "sent");
        page.getByRole(AriaRole.BUTTON, named(Pattern.compile("^Notifications"))).click();
        Locator notices = page.getByRole(AriaRole.DIALOG, named("Notifications").setExact(true));
        assertThat(notices.locator("li, .empty").locator("visible=true").first()).isVisible();
        page.keyboard().press("Escape");
        page.getByRole(AriaRole.BUTTON, named("Browse rooms")).click();
        Locator browse = page.getByRole(AriaRole.DIALOG, named("Browse rooms"));
        assertThat(browse.locator("li").first()).isVisible();
        page.keyboard().press("Escape");
        assertThat(browse).isHidden();
    }

    /** Creates a document in the open room and writes in it, until the server has it. */
    static void writesADocument(Page page, String title, String text) {
        page.locator(".documents-button").click();
        page.getByRole(AriaRole.BUTTON, named("New document")).click();
        page.getByLabel("Title").fill(title);
        page.getByRole(AriaRole.BUTTON, named("Create document")).click();
        Locator editor = page.locator(".document .cm-content");
        assertThat(editor).isFocused(new LocatorAssertions.IsFocusedOptions().setTimeout(15_000));
        editor.pressSequentially(text);
        assertThat(page.locator(".document .saved")).hasText("Saved");
    }

    /** Opens a document of the open room by its title, and waits for this text. */
    static void readsADocument(Page page, String title, String text) {
        page.locator(".documents-button").click();
        page.locator(".documents .jump").filter(new Locator.FilterOptions().setHasText(title)).click();
        assertThat(page.locator(".document .cm-content"))
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions named(Pattern name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    /** Has the chat of this page open the room, as soon as the browser has loaded its code, and waits until it shows no other room. */
    static void hasTheElementOpen(Page page, String room) {
        // The element draws in the next frame, before a request of the page that comes later.
        page.evaluate("""
                async (room) => {
                  await customElements.whenDefined('parley-chat');
                  document.querySelector('parley-chat').open(room);
                  await new Promise(requestAnimationFrame);
                }""", room);
    }

    /** Opens the room and joins it if needed. */
    static void opens(Page page, String room) {
        hasTheElementOpen(page, room);
        assertThat(page.locator("parley-chat")).hasAttribute("room", room);
        // Until the messages are loaded, a disabled box takes the place of the join button.
        assertThat(page.getByRole(AriaRole.LOG).first()).hasAttribute("aria-busy", "false");
        joins(page);
    }

    /** Joins the room that is open, unless this person is a member. */
    static void joins(Page page) {
        Locator join = page.getByRole(AriaRole.BUTTON, named("Join room"));
        Locator box = page.getByRole(AriaRole.TEXTBOX, named(MESSAGE_BOX).setDisabled(false));
        assertThat(join.or(box).first()).isVisible();
        if (join.isVisible()) {
            join.click();
        }
        assertThat(box.first()).isVisible();
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
