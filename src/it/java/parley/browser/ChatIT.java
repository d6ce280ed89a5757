package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.kit.Http;

/** Alice and Bob in two browsers. */
class ChatIT {

    private static final LocatorAssertions.IsVisibleOptions WITHIN_A_SECOND =
            new LocatorAssertions.IsVisibleOptions().setTimeout(1_000);
    private static final int CLIENT_TEST_PAGES = 3;
    private static final Pattern MESSAGE_BOX = Pattern.compile("^Message ");

    @RegisterExtension
    static final People people = new People();

    private Browser browser;
    private String room;
    private String id;

    @BeforeEach
    void createRoom() {
        browser = people.browser();
        room = "Plaza " + UUID.randomUUID();
        id = Http.of("alice").post("/api/rooms", Map.of("name", room)).json(201).get("id").stringValue();
    }

    @Test
    void neverRunsWhatSomeoneWrites() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        List<String> hostile = List.of("<img src=x onerror=\"document.title='run'\">", "<script>document.title='run'</script>",
                "javascript:document.title='run'", "<svg onload=\"document.title='run'\">", "<a href=\"javascript:alert(1)\">x</a>");
        for (String text : hostile) {
            writes(alice, text);
            assertThat(message(bob, text)).isVisible();
        }
        assertThat(bob.title()).isNotEqualTo("run");
        assertThat(bob.locator(".message img, .message script, .message svg[onload], .message a[href^=javascript]").count()).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void twoPeopleChat() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        writes(alice, "Hello Bob");
        assertThat(message(bob, "Hello Bob")).isVisible(WITHIN_A_SECOND);
        assertThat(message(alice, "Hello Bob")).hasAttribute("data-state", "sent");
        writes(bob, "Hello Alice");
        assertThat(message(alice, "Hello Alice")).isVisible(WITHIN_A_SECOND);

        alice.reload();
        opens(alice);
        assertThat(message(alice, "Hello Bob")).isVisible();
        assertThat(message(alice, "Hello Alice")).isVisible();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsWhoIsTyping() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        box(bob).pressSequentially("I think so too", new Locator.PressSequentiallyOptions().setDelay(50));
        assertThat(alice.getByText("Bob is typing")).isVisible();
        box(bob).press("Enter");
        assertThat(message(alice, "I think so too")).isVisible();
        assertThat(alice.getByText("Bob is typing")).isHidden();
    }

    @Test
    void mentionsSomeoneByName() {
        Page bob = enters("Bob");
        Page alice = enters("Alice");
        box(alice).pressSequentially("Look @bo");
        assertThat(alice.locator(".suggestions [role=option]")).hasCount(1);
        box(alice).press("Enter");
        assertThat(box(alice)).hasValue("Look @Bob ");
        box(alice).press("Enter");
        assertThat(bob.locator(".mention[data-own]")).hasText("@Bob");
        assertThat(message(alice, "Look @Bob")).hasAttribute("data-state", "sent");
        assertThat(alice.locator(".mention:not([data-own])")).hasText("@Bob");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void formatsMessages() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        box(alice).pressSequentially("bold");
        box(alice).press("ControlOrMeta+a");
        box(alice).press("ControlOrMeta+b");
        assertThat(box(alice)).hasValue("**bold**");
        box(alice).press("Enter");
        assertThat(bob.locator(".text strong")).hasText("bold");
        box(alice).pressSequentially("```java\nint a = 1;\n```");
        box(alice).press("Enter");
        assertThat(bob.locator(".code [class^=code-]").first()).hasText("int");
        alice.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Emoji").setExact(true)).click();
        alice.getByLabel("Find an emoji").fill("party popper");
        alice.keyboard().press("Enter");
        assertThat(box(alice)).hasValue("🎉");
        box(alice).press("Enter");
        assertThat(bob.locator(".text[data-large]")).hasText("🎉");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keepsADraftOverAReload() {
        Page alice = enters("Alice");
        box(alice).fill("half a thought");
        alice.reload();
        opens(alice);
        assertThat(box(alice)).hasValue("half a thought");
    }

    @Test
    void sendsOnceWhatWasWrittenOffline() {
        Page alice = enters("Alice");
        Page bob = enters("Bob");
        alice.context().setOffline(true);
        alice.evaluate("dispatchEvent(new Event('offline'))");
        writes(alice, "from the tunnel");
        assertThat(message(alice, "from the tunnel")).hasAttribute("data-state", "pending");
        assertThat(message(bob, "from the tunnel")).isHidden();
        alice.context().setOffline(false);
        assertThat(message(bob, "from the tunnel")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
        assertThat(message(alice, "from the tunnel")).hasAttribute("data-state", "sent");
        assertThat(message(bob, "from the tunnel")).hasCount(1);
        assertThat(message(alice, "from the tunnel")).hasCount(1);
    }

    @Test
    void leavesNothingOfAPersonAfterSignOut() {
        Page page = people.arrives("Alice", id);
        writes(page, "said by alice");
        assertThat(message(page, "said by alice")).hasAttribute("data-state", "sent");
        box(page).fill("a draft of alice");
        page.getByRole(AriaRole.BUTTON, named("Sign out")).click();
        assertThat(page.getByText("Sign in to the portal")).isVisible();
        assertThat((String) page.evaluate("document.querySelector('parley-chat').shadowRoot.textContent"))
                .doesNotContain("alice", "Alice", room);
        assertThat((String) page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")).doesNotContain("alice");
        assertThat(page.title()).doesNotContain("(");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Bob")).click();
        opens(page);
        assertThat(box(page)).hasValue("");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void worksWithTheKeyboardAlone() {
        Page carol = browser.opensPortal(1200, 800);
        assertThat(carol.getByRole(AriaRole.BUTTON, named("Carol"))).isVisible();
        carol.keyboard().press("Tab");
        tabTo(carol, "Carol");
        carol.keyboard().press("Enter");
        assertThat(carol.getByRole(AriaRole.NAVIGATION, named("Rooms"))).isVisible();
        tabTo(carol, "Find a room");
        carol.keyboard().type(room);
        carol.keyboard().press("Enter");
        assertThat(dialog(carol, "Browse rooms").getByText(room)).isVisible();
        carol.keyboard().press("Enter");
        assertThat(carol.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Join room"))).isVisible();
        tabTo(carol, "Join room");
        carol.keyboard().press("Enter");
        assertThat(box(carol)).isVisible();
        box(carol).waitFor();
        tabTo(carol, "Message " + room);
        carol.keyboard().type("by keyboard");
        carol.keyboard().press("Enter");
        assertThat(message(carol, "by keyboard")).hasAttribute("data-state", "sent");
    }

    @Test
    void ownerManagesPeopleByKeyboard() {
        Page bob = enters("Bob");
        Page alice = enters("Alice");
        alice.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Show members"))).click();
        assertThat(alice.getByRole(AriaRole.BUTTON, named("Manage Bob"))).isVisible();
        tabTo(alice, "Manage Bob");
        alice.keyboard().press("Enter");
        assertThat(dialog(alice, "Bob")).isVisible();
        tabTo(alice, "Mute for an hour");
        alice.keyboard().press("ArrowDown");
        tabTo(alice, "Save");
        alice.keyboard().press("Enter");
        assertThat(bob.getByText("You're muted. You can post again on")).isVisible();
        assertThat(box(bob)).isHidden();
        assertThat(alice.getByRole(AriaRole.COMPLEMENTARY, named("Members")).getByText("Muted")).isVisible();
        assertThat(alice.getByRole(AriaRole.BUTTON, named("Manage Bob"))).isFocused();

        manages(alice, "Bob", "Posting", "Can post");
        assertThat(box(bob)).isEnabled();
        manages(alice, "Bob", "Role", "Guest (read-only)");
        assertThat(bob.getByText("You're a guest in")).isVisible();
        manages(alice, "Bob", "Access", "Ban for a week");
        assertThat(bob.getByRole(AriaRole.HEADING, named("This room isn't available"))).isVisible();

        alice.getByRole(AriaRole.BUTTON, named("Invite someone")).click();
        alice.getByLabel("Find people by name").first().fill("bob");
        alice.locator(".people-picker li").filter(new Locator.FilterOptions().setHasText("Bob")).first().click();
        dialog(alice, "Invite someone").locator(".primary").click();
        assertThat(dialog(alice, "Invite someone").getByRole(AriaRole.ALERT))
                .hasText(Pattern.compile("If the person is banned, lift the ban first"));
        alice.keyboard().press("Escape");
        manages(alice, "Bob", "Access", "Lift ban");
        assertThat(alice.getByRole(AriaRole.HEADING, named("Banned"))).isHidden();
        opens(bob);

        alice.getByRole(AriaRole.BUTTON, named("Leave room")).click();
        assertThat(alice.getByText("You're the last owner.")).isVisible();
        alice.getByRole(AriaRole.BUTTON, named("Close room")).click();
        dialog(alice, "Close room").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close room")).click();
        assertThat(bob.getByRole(AriaRole.HEADING, named("This room was closed"))).isVisible();
        assertThat(alice.getByRole(AriaRole.HEADING, named("This room was closed"))).isVisible();
        // The banned and the last owner are refused; and a page may ask for the calls of a room that is just being closed.
        assertThat(browser.complaints()).allMatch(complaint -> complaint.contains("409") || complaint.contains("404"));
    }

    @Test
    void fitsOnAPhone() {
        Page phone = browser.opensPortal(360, 700);
        phone.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Bob")).click();
        phone.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show rooms")).click();
        opens(phone);
        writes(phone, "https://example.com/" + "long".repeat(60));
        assertThat(message(phone, "longlong")).isVisible();
        assertThat(phone.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void passesTheClientsOwnTests() {
        List<Page> pages = IntStream.range(0, CLIENT_TEST_PAGES).mapToObj(share -> startsClientTests(share)).toList();
        List<Map<?, ?>> results = pages.stream().flatMap(page -> results(page).stream()).toList();
        assertThat(results).isNotEmpty();
        assertThat(results.stream().filter(result -> !Boolean.TRUE.equals(result.get("passed")))).isEmpty();
    }

    // In a browser session of its own. The tests wait most of the time, so the pages run beside each other.
    private Page startsClientTests(int share) {
        Page page = browser.opensPortal(800, 600);
        TestScripts.serve(page);
        page.evaluate("""
                ([share, of]) => {
                  window.results = import('/parley/test/client-tests.js').then((tests) => tests.run({ share, of }));
                }""", List.of(share, CLIENT_TEST_PAGES));
        return page;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> results(Page page) {
        return (List<Map<?, ?>>) page.evaluate("results");
    }

    private Page enters(String person) {
        return people.enters(person, id);
    }

    // Opens the room and joins it if needed. Until the messages are loaded, a disabled box takes the place of the join button.
    private void opens(Page page) {
        page.locator("parley-chat").evaluate("(chat, room) => chat.open(room)", id);
        assertThat(page.getByRole(AriaRole.LOG, named("Messages in " + room))).hasAttribute("aria-busy", "false");
        People.joins(page);
    }

    private static void manages(Page page, String person, String field, String value) {
        page.getByRole(AriaRole.BUTTON, named("Manage " + person)).click();
        dialog(page, person).getByLabel(field).selectOption(value);
        save(page);
    }

    private static void save(Page page) {
        page.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
    }

    private static Locator dialog(Page page, String name) {
        return page.getByRole(AriaRole.DIALOG, named(name));
    }

    private static void writes(Page page, String text) {
        box(page).fill(text);
        box(page).press("Enter");
    }

    private static Locator box(Page page) {
        return page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(MESSAGE_BOX));
    }

    private static Locator message(Page page, String text) {
        return page.locator(".message").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    // Presses Tab until the element with this name has the focus. The body doesn't count: its text is the whole page's.
    private static void tabTo(Page page, String name) {
        for (int presses = 0; presses < 40; presses++) {
            String focused = (String) page.evaluate("""
                    () => {
                      let at = document.activeElement;
                      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                      return at && at !== document.body ? (at.getAttribute('aria-label') ?? '') + ' ' + (at.placeholder ?? '') + ' '
                              + at.textContent : '';
                    }""");
            if (focused.contains(name)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("The focus did not reach " + name);
    }
}
