package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Tokens;

/** A person's rooms in the page, against the real server: what is unread, what others did, and how people find each other. */
class MyRoomsIT {

    private static final LocatorAssertions.IsVisibleOptions AT_ONCE = new LocatorAssertions.IsVisibleOptions().setTimeout(1_500);
    private static final LocatorAssertions.ContainsTextOptions SOON = new LocatorAssertions.ContainsTextOptions().setTimeout(15_000);

    /** Takes part in nothing else, so that nobody else writes to this person. */
    private static final String READER = "reader-" + UUID.randomUUID();

    @RegisterExtension
    static final People people = new People();

    private Browser browser;
    private String room;
    private String id;

    @BeforeEach
    void createRoom() {
        browser = people.browser();
        room = "Rooms " + UUID.randomUUID();
        id = Http.of("alice").post("/api/rooms", Map.of("name", room)).json(201).get("id").stringValue();
    }

    @Test
    void showsAnInvitationAndWhatIsUnreadWithoutAReload() {
        Page page = people.at("the desk", READER);
        assertThat(row(page)).hasCount(0);
        invites(READER);
        assertThat(row(page)).isVisible(AT_ONCE);
        try (ChatClient alice = ChatClient.of("alice").joins(id)) {
            alice.posts("one");
            assertThat(count(page)).containsText("1 unread message");
            alice.posts("two");
            assertThat(count(page)).containsText("2 unread messages", SOON);
        }
        row(page).click();
        assertThat(page.locator(".divider.new")).isVisible();
        assertThat(count(page)).isHidden();
        Page second = people.at("home", READER);
        second.reload();
        assertThat(row(second)).isVisible();
        assertThat(count(second)).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void continuesAtTheFirstUnreadMessageOnEveryDevice() {
        invites(READER);
        try (ChatClient alice = ChatClient.of("alice").joins(id)) {
            IntStream.range(0, 90).forEach(n -> alice.posts("line " + n));
        }
        Page page = people.at("the desk", READER);
        Page other = people.at("home", READER);
        assertThat(count(other)).containsText("90 unread messages");
        row(page).click();
        assertThat(message(page, "line 0")).isVisible();
        assertThat(message(page, "line 89")).not().isInViewport();
        page.locator(".latest").click();
        assertThat(message(page, "line 89")).isInViewport();
        assertThat(count(other)).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(10_000));

        message(page, "line 80").hover();
        page.getByRole(AriaRole.BUTTON, named("More actions")).click();
        page.getByRole(AriaRole.MENUITEM, named("Mark as unread")).click();
        assertThat(count(other)).containsText("10 unread messages", SOON);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void findsARoomOfTheServerAndKeepsItSorted() {
        Page page = people.at("the desk", READER);
        page.getByRole(AriaRole.SEARCHBOX, named("Find a room").setExact(true)).fill(room);
        page.keyboard().press("Enter");
        Locator found = page.getByRole(AriaRole.DIALOG, named("Browse rooms")).getByRole(AriaRole.BUTTON, called(room));
        assertThat(found).isVisible();
        found.click();
        page.getByRole(AriaRole.BUTTON, named("Join room")).click();
        page.getByRole(AriaRole.SEARCHBOX, named("Find a room").setExact(true)).fill("");
        assertThat(page.locator("[data-section=mine] .room").filter(new Locator.FilterOptions().setHasText(room))).isVisible();
        chooses(page, "Add to favourites");
        assertThat(page.locator("[data-section=favourites] .room")).containsText(room);
        chooses(page, "Nothing");
        page.reload();
        Locator favourite = page.locator("[data-section=favourites] .room");
        assertThat(favourite).containsText(room);
        assertThat(favourite).hasAttribute("data-quiet", "");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void keepsDraftsForTheOtherDevice() {
        invites(READER);
        Page page = people.at("the desk", READER);
        Page other = people.at("home", READER);
        row(page).click();
        row(other).click();
        box(page).fill("half a sentence");
        assertThat(box(other)).hasValue("half a sentence", new LocatorAssertions.HasValueOptions().setTimeout(10_000));
        box(page).press("Enter");
        assertThat(box(other)).hasValue("", new LocatorAssertions.HasValueOptions().setTimeout(10_000));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsWhoHasRead() {
        invites(READER);
        Page page = people.at("the desk", READER);
        row(page).click();
        box(page).fill("Seen?");
        box(page).press("Enter");
        assertThat(message(page, "Seen?")).hasAttribute("data-state", "sent");
        Page alice = people.at("the desk", "alice");
        alice.locator("parley-chat").evaluate("(chat, room) => chat.open(room)", id);
        assertThat(message(alice, "Seen?")).isVisible();
        assertThat(message(page, "Seen?").locator(".seen")).containsText("Seen by Alice", SOON);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void writesToAPersonFoundByName() {
        Tokens.signIn("alice");
        Page page = people.at("the desk", READER);
        page.getByRole(AriaRole.BUTTON, named("New message")).click();
        page.getByLabel("Find people by name").first().fill("alice");
        page.locator(".people-picker li").filter(new Locator.FilterOptions().setHasText("Alice")).first().click();
        page.locator("dialog[open] .primary").click();
        assertThat(page.getByRole(AriaRole.HEADING, named("Alice").setExact(true))).isVisible();
        box(page).fill("Just us");
        box(page).press("Enter");
        assertThat(message(page, "Just us")).hasAttribute("data-state", "sent");
        Page alice = people.at("the desk", "alice");
        alice.locator("[data-section=direct] .room").filter(new Locator.FilterOptions().setHasText(READER)).click();
        assertThat(message(alice, "Just us")).isVisible();
        assertThat(message(page, "Just us").locator(".seen")).containsText("Seen by Alice", SOON);
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void picturesEachState(Pictures look) {
        look.take(browser, "rooms-demo.js", "rooms", "browse", "direct", "card", "preferences", "notices");
    }

    private void invites(String user) {
        Tokens.signIn(user);
        assertThat(Http.of("alice").put("/api/rooms/" + id + "/members", Map.of("user", user, "role", "member")).status())
                .isBetween(200, 299);
    }

    private Locator row(Page page) {
        return page.locator(".rooms .room").filter(new Locator.FilterOptions().setHasText(room));
    }

    private Locator count(Page page) {
        return row(page).locator(".badge:not(.failed)");
    }

    private void chooses(Page page, String act) {
        row(page).hover();
        page.getByRole(AriaRole.BUTTON, named("Options for " + room)).click();
        page.locator(".menu-box button").filter(new Locator.FilterOptions().setHasText(act)).first().click();
    }

    private static Locator message(Page page, String text) {
        return page.locator(".main .timeline .message").filter(new Locator.FilterOptions().setHas(
                page.getByText(text, new Page.GetByTextOptions().setExact(true))));
    }

    private static Locator box(Page page) {
        return page.locator(".main .composer textarea");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Locator.GetByRoleOptions called(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }
}
