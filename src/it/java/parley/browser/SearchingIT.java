package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.time.Duration;
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
import parley.kit.Server;

/** Search in the page, against the real server: by keyboard, mouse and touch. */
class SearchingIT {

    private static final LocatorAssertions.IsVisibleOptions SOON = new LocatorAssertions.IsVisibleOptions().setTimeout(15_000);

    @RegisterExtension
    static final People people = new People();

    private Browser browser;
    private String room;
    private String id;
    private String word;

    @BeforeEach
    void createRoom() {
        browser = people.browser();
        room = "Search " + UUID.randomUUID();
        id = Http.of("alice").post("/api/rooms", Map.of("name", room)).json(201).get("id").stringValue();
        word = "w" + UUID.randomUUID().toString().replaceAll("[0-9-]", "q");
    }

    private void bobWrites(int others) {
        try (ChatClient bob = ChatClient.of("bob").joins(id)) {
            bob.posts("The " + word + " <b>is</b> here: https://example.com");
            IntStream.range(0, others).forEach(n -> bob.posts("filler " + n));
        }
    }

    @Test
    void findsByKeyboardAndShowsTheMessageInItsPlace() {
        bobWrites(120);
        Page page = people.enters("Alice", id);
        box(page).press("Control+f");
        Locator field = field(page);
        assertThat(field).isFocused();
        assertThat(page.locator(".finder .narrowed")).containsText("In " + room);
        awaitIndexed(page);
        // Results come while the word is typed.
        field.pressSequentially(word.substring(0, 8));
        Locator result = page.locator(".finder .hit");
        assertThat(result).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(15_000));
        assertThat(result.locator("mark")).hasText(word);
        assertThat(result).containsText("<b>is</b>");
        field.press("Enter");
        assertThat(result).isFocused();
        page.keyboard().press("ArrowUp");
        assertThat(field).isFocused();
        page.keyboard().press("Enter");
        assertThat(result).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator(".finder")).isHidden();
        assertThat(message(page, word)).isFocused();
        assertThat(message(page, "filler 119")).hasCount(0);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void filtersByMouseAndEverywhere() {
        bobWrites(0);
        Page page = people.enters("Alice", id);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search messages").setExact(true)).click();
        awaitIndexed(page);
        field(page).fill(word + " ");
        Locator result = page.locator(".finder .hit");
        assertThat(result).hasCount(1);
        filter(page, "Pinned").click();
        assertThat(page.getByText("No messages match").first()).isVisible();
        filter(page, "Pinned").click();
        filter(page, "Has a link").click();
        assertThat(result).hasCount(1);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Remove filter: In " + room)).click();
        assertThat(page.locator(".finder .narrowed")).isHidden();
        assertThat(result).hasCount(1);
        assertThat(filter(page, "This room only")).isVisible();
        field(page).fill(word + " from:bo");
        page.locator(".proposed li").filter(new Locator.FilterOptions().setHasText("Bob")).first().click();
        assertThat(page.locator(".finder .narrowed")).containsText("From Bob");
        assertThat(field(page)).hasValue(word + " ");
        assertThat(result).hasCount(1);
        page.keyboard().press("Escape");
        page.keyboard().press("Escape");
        assertThat(page.locator(".finder")).isHidden();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void leavesTheKeyToTheBrowserWhileTheFocusIsElsewhere() {
        Page page = people.arrives("Alice", id);
        page.evaluate("""
                () => {
                  window.taken = [];
                  addEventListener('keydown', (event) => event.key.toLowerCase() === 'f' && window.taken.push(event.defaultPrevented));
                  const input = Object.assign(document.createElement('input'), { id: 'outside' });
                  document.body.prepend(input);
                  input.focus();
                }""");
        page.keyboard().press("Control+f");
        page.evaluate("document.activeElement.blur()");
        page.keyboard().press("Control+f");
        assertThat(page.evaluate("taken.join()")).isEqualTo("false,false");
        assertThat(page.locator(".finder")).hasCount(0);
        box(page).press("Control+Shift+f");
        assertThat(field(page)).isFocused();
        assertThat(page.locator(".finder .narrowed")).isHidden();
        assertThat(page.evaluate("taken.join()")).isEqualTo("false,false,true");
    }

    @Test
    void findsByTouch() {
        bobWrites(0);
        Page phone = browser.opensOnAPhone(URI.create(Server.base() + "/"));
        phone.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Alice")).tap();
        People.opens(phone, id);
        phone.locator(".search-button").tap();
        awaitIndexed(phone);
        field(phone).fill(word);
        phone.locator(".finder .hit").first().tap();
        assertThat(phone.locator(".finder")).isHidden();
        assertThat(message(phone, word)).isVisible();
        assertThat(phone.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
    }

    @ParameterizedTest
    @EnumSource
    void picturesEachState(Pictures look) {
        look.take(browser, "search-demo.js", "search", "search-suggestions", "search-results", "search-none", "search-error");
    }

    // New messages are found within a second, unless the machine is busy.
    private void awaitIndexed(Page page) {
        await().atMost(Duration.ofSeconds(15)).until(() ->
                Http.of("alice").get("/api/search?room=" + id + "&q=" + word).json(200).get("results").size() == 1);
        assertThat(field(page)).isVisible(SOON);
    }

    private static Locator field(Page page) {
        return page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Search messages"));
    }

    private static Locator filter(Page page, String name) {
        return page.locator(".finder .narrowing").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    private static Locator message(Page page, String text) {
        return page.locator(".main .timeline .message").filter(new Locator.FilterOptions().setHasText(text));
    }

    private static Locator box(Page page) {
        return page.locator(".main .composer textarea");
    }
}
