package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.kit.Bystander;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;

/** Hostile texts in every place where a person can enter one: the browser shows them as written and runs nothing. */
@ExtendWith(Bystander.class)
class NaughtyStringsIT {

    private static final int BATCH = 40;
    private static final String SHADOW = "document.querySelector('parley-chat').shadowRoot";

    private final List<String> strings = NaughtyStrings.all();
    private Browser browser;

    @BeforeEach
    void startBrowser() {
        browser = Browser.start();
    }

    @AfterEach
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void showsMessagesAsWritten() {
        String name = "Naughty " + UUID.randomUUID();
        String room = Http.of("alice").post("/api/rooms", Map.of("name", name)).json(201).get("id").stringValue();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            Page page = signsIn("user18");
            People.hasTheElementOpen(page, room);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Join room")).click();
            for (int from = 0; from < strings.size(); from += BATCH) {
                Map<String, String> posted = new LinkedHashMap<>();
                strings.subList(from, Math.min(strings.size(), from + BATCH)).forEach(text -> posted.put("" + alice.posts(text), text));
                assertThat(page.locator(".message[data-offset='" + posted.keySet().stream().reduce((first, last) -> last).orElseThrow()
                        + "']"))
                        .hasCount(1);
                // A long message has a button besides its content.
                Object shown = page.evaluate("offsets => Object.fromEntries(offsets.map(at => [at, (text => "
                        + "(text?.querySelector(':scope > .content') ?? text)?.textContent)(" + SHADOW
                        + ".querySelector(`.message[data-offset='${at}'] .text`))]))", new ArrayList<>(posted.keySet()));
                assertThat(words(shown)).isEqualTo(words(posted));
            }
            assertHarmless(page);
        }
    }

    @Test
    void showsRoomNamesAndTopicsAsWritten() {
        Http owner = Http.of("user19");
        List<String> taken = new ArrayList<>();
        for (String text : strings) {
            HttpAnswer answer = owner.post("/api/rooms", Map.of("name", text, "topic", text, "kind", "private"));
            assertThat(answer.status()).as(text).isIn(201, 400);
            if (answer.status() == 201) {
                taken.add(answer.json().get("name").stringValue());
            }
        }
        assertThat(taken).hasSizeGreaterThan(80).doesNotContain("\u202etxt.exe");
        Page page = signsIn("user19");
        Locator last = page.locator(".rooms .room").filter(new Locator.FilterOptions().setHasText("<plaintext>"));
        assertThat(last).isVisible();
        Object shown = page.evaluate("() => [..." + SHADOW + ".querySelectorAll('.rooms .room .name')].map(name => name.textContent)");
        assertThat((List<?>) shown).map(Object::toString).containsAll(taken);
        last.click();
        assertThat(page.locator("[role=log]")).hasAttribute("aria-busy", "false");
        assertHarmless(page);
    }

    @Test
    void showsNamesOfPeopleAsGiven() {
        String name = "People " + UUID.randomUUID();
        String room = Http.of("alice").post("/api/rooms", Map.of("name", name)).json(201).get("id").stringValue();
        Page page = signsIn("user18");
        People.hasTheElementOpen(page, room);
        int shown = 0;
        for (String text : strings) {
            HttpAnswer token = Http.anonymous().post("/dev/token", Map.of("user", "named-" + shown, "name", text));
            assertThat(token.status()).as(text).isIn(200, 400);
            if (token.status() == 200 && (text.contains("<") || shown % 5 == 0) && shown < BATCH) {
                try (ChatClient person = ChatClient.withToken(token.json().get("token").stringValue()).joins(room)) {
                    person.types(true);
                    assertThat(page.locator(".message[data-offset='" + person.posts("mine") + "']")).hasCount(1);
                    shown++;
                }
            }
        }
        assertThat(shown).isEqualTo(BATCH);
        assertThat((String) page.evaluate("() => " + SHADOW + ".querySelector('[role=log]').textContent")).contains("<script>", "onerror=");
        assertHarmless(page);
    }

    // Marks such as * become elements, so only what is shown with and without formatting is compared.
    private static Map<String, String> words(Object texts) {
        Map<String, String> words = new LinkedHashMap<>();
        ((Map<?, ?>) texts).forEach((offset,
                text) ->
                words.put(offset.toString(), text.toString().replaceAll("[\\s\\\\*_~`#|>.()\\[\\]!-]", "")));
        return words;
    }

    private Page signsIn(String user) {
        Page page = browser.opensPortal(1200, 800);
        page.getByLabel("Any other name").fill(user);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
        return page;
    }

    private void assertHarmless(Page page) {
        assertThat(page.evaluate("() => window.ran")).isNull();
        assertThat((List<?>) page.evaluate("() => [..." + SHADOW + ".querySelectorAll('a[href]')].map(a => a.protocol)"))
                .map(Object::toString)
                .isSubsetOf("http:", "https:", "mailto:");
        assertThat(page.evaluate("() => " + SHADOW
                + ".querySelectorAll('.message :is(script, iframe, object, embed, form,"
                + " base, meta, link, style, img, video, audio, math)').length"))
                .isEqualTo(0);
        assertThat(browser.complaints()).isEmpty();
    }
}
