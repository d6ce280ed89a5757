package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.kit.Http;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** User ids are free text of the issuer. People with any id are found, invited, mentioned, written to and banned in the page. */
class UserIdsIT {

    private static final boolean LONG = System.getProperty("parley.trial", "short").equals("long");

    @RegisterExtension
    static final People people = new People();

    private Browser browser;
    private String room;

    static Stream<String> ids() {
        List<String> ids = List.of("corp/..\\%2e%2e:7?a=b#c", "u".repeat(255), "\ud83d\ude00".repeat(127),
                "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
                "..", "%2e%2e", "urn:user:7", "DOMAIN\\person", "uid=person,ou=people,o=example", "<b>person</b>", "''--", "{user}", "*");
        return ids.stream().limit(LONG ? ids.size() : 4);
    }

    @BeforeEach
    void createRoom() {
        browser = people.browser();
        room = Http.of("alice").createsRoom();
        assertThat(Http.of("alice").setsRole(room, "bob", "member").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyActReachesThePersonOfThisId(String user) {
        Http them = Http.withToken(Tokens.withoutName(user));
        them.get("/api/me").json(200);
        Page alice = people.enters("Alice", room);
        showsMembers(alice);
        act(alice, "Invite someone", user);
        assertThat(ids("members")).containsExactlyInAnyOrder("alice", "bob", user);

        mentions(alice, user);
        writesTo(alice, user);
        assertThat(them.get("/api/me/rooms").json(200).get("rooms").valueStream().filter(one -> one.get("kind").stringValue().equals("direct"))
                .map(one -> one.get("people").valueStream().map(UserIdsIT::id).toList())).anyMatch(List.of("alice", user)::containsAll);

        People.opens(alice, room);
        showsMembers(alice);
        act(alice, "Ban someone", user);
        assertThat(ids("bans")).containsExactly(user);
        assertThat(ids("members")).containsExactlyInAnyOrder("alice", "bob");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void showsMembers(Page page) {
        Locator show = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Show members")));
        if (show.isVisible() && !"true".equals(show.getAttribute("aria-expanded"))) {
            show.click();
        }
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Invite someone"))).isVisible();
    }

    private static void act(Page page, String button, String user) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
        chooses(page, user);
        page.locator("dialog[open] .primary").click();
        assertThat(page.locator("dialog[open]")).hasCount(0);
    }

    private static void chooses(Page page, String user) {
        Locator picker = page.locator("dialog[open] .people-picker");
        picker.locator("input").fill(beginning(user));
        picker.getByRole(AriaRole.OPTION).filter(exactly(page, user)).first().click();
    }

    private void mentions(Page page, String user) {
        Locator box = page.locator(".main .composer textarea");
        box.pressSequentially("@" + beginning(user));
        page.locator(".suggestions [role=option]").filter(exactly(page, user)).first().click();
        box.press("Enter");
        Locator message = page.locator(".main .message").last();
        assertThat(message).hasAttribute("data-state", "sent");
        assertThat(message.locator(".mention")).hasText("@" + user);
        JsonNode stored = Http.of("alice").get("/api/rooms/" + room + "/messages/" + message.getAttribute("data-offset")).json(200);
        assertThat(stored.get("mentions").valueStream().map(JsonNode::stringValue)).containsExactly(user);
    }

    private static void writesTo(Page page, String user) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New message")).click();
        chooses(page, user);
        page.locator("dialog[open] .primary").click();
        assertThat(page.locator(".header h2")).hasText(user);
        Locator box = page.locator(".main .composer textarea");
        assertThat(box).isFocused();
        String text = "Just us " + UUID.randomUUID();
        box.fill(text);
        box.press("Enter");
        assertThat(page.locator(".main .message").filter(new Locator.FilterOptions().setHasText(text))).hasAttribute("data-state", "sent");
    }

    private List<String> ids(String list) {
        return Http.of("alice").get("/api/rooms/" + room + "/" + list).json(200).get(list).valueStream()
                .map(one -> id(one.get("user"))).toList();
    }

    private static String id(JsonNode person) {
        return person.get("id").stringValue();
    }

    private static String beginning(String user) {
        return user.substring(0, user.offsetByCodePoints(0, Math.min(3, user.codePointCount(0, user.length()))));
    }

    private static Locator.FilterOptions exactly(Page page, String text) {
        return new Locator.FilterOptions().setHas(page.getByText(text, new Page.GetByTextOptions().setExact(true)));
    }
}
