package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;

/**
 * A person with 600 rooms, which are more than one reply to {@code watch} holds. {@code -Dparley.trial=long} opens all of them, and adds
 * 1,100 public rooms of other people. Runs late: other tests list the server's rooms.
 */
@Order(Server.OTHER_SETTINGS - 1)
class ManyRoomsIT {

    private static final boolean LONG = System.getProperty("parley.trial", "short").equals("long");
    private static final int ROOMS = 600;
    private static final int PUBLIC_ROOMS = LONG ? 1_100 : 0;
    private static final int OPENED = LONG ? ROOMS : 12;
    /** Milliseconds: a longer task is one that people notice. */
    private static final double AT_ONCE = 50;

    private static final String READER = "reader-" + UUID.randomUUID();
    private static Browser browser;
    private static Page page;

    @BeforeAll
    static void createRooms() {
        browser = Browser.start();
        creates(READER, ROOMS, "Own ");
        creates("stranger", PUBLIC_ROOMS, "Public ");
        page = signsIn(READER);
        long began = System.nanoTime();
        page.navigate(Server.base() + "/");
        assertThat(rows(page)).hasCount(ROOMS);
        System.out.printf("The sidebar shows %d rooms %d ms after the page was opened%n", ROOMS, (System.nanoTime() - began) / 1_000_000);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void everyRoomOpens() {
        for (int n = 0; n < OPENED; n++) {
            Locator room = rows(page).nth(n * (ROOMS / OPENED));
            String name = room.locator(".name").textContent();
            room.locator(".room").click();
            assertThat(page.getByRole(AriaRole.LOG, new Page.GetByRoleOptions().setName("Messages in " + name)))
                    .hasAttribute("aria-busy", "false");
            assertThat(page.locator(".main .composer textarea")).isEnabled();
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anInvitationShowsAmongTheOthers() {
        String name = "Own and new " + UUID.randomUUID();
        String id = Http.of("alice").post("/api/rooms", Map.of("name", name)).json(201).get("id").stringValue();
        long began = System.nanoTime();
        assertThat(Http.of("alice").setsRole(id, READER, "member").status()).isEqualTo(204);
        Locator invited = page.locator(".rooms .row").filter(new Locator.FilterOptions().setHasText(name));
        assertThat(invited).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(1_000));
        System.out.printf("An invitation shows among %d rooms after %d ms%n", ROOMS, (System.nanoTime() - began) / 1_000_000);
        assertThat(Http.of(READER).delete("/api/rooms/" + id + "/members?user=" + READER).status()).isEqualTo(204);
        assertThat(invited).hasCount(0);
    }

    @Test
    void findsARoomWithEachKeystroke() {
        List<?> took = (List<?>) page.evaluate("""
                async () => {
                  const rooms = document.querySelector('parley-chat').shadowRoot.querySelector('.rooms');
                  const search = rooms.querySelector('input');
                  const took = [];
                  for (const text of ['o', 'ow', 'own', 'own 5', 'own 59', 'own 599', 'own 59', 'own 5', 'own', 'nothing', '']) {
                    const began = performance.now();
                    search.value = text;
                    search.dispatchEvent(new InputEvent('input', { bubbles: true }));
                    rooms.getBoundingClientRect();
                    took.push(performance.now() - began);
                    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
                  }
                  return took;
                }""");
        List<Double> sorted = took.stream().map(one -> ((Number) one).doubleValue()).sorted().toList();
        System.out.printf("A keystroke in the search of %d rooms takes %.1f ms in the middle and %.1f ms at most%n", ROOMS,
                sorted.get(sorted.size() / 2), sorted.getLast());
        assertThat(sorted.get(sorted.size() / 2)).isLessThan(AT_ONCE);
        assertThat(rows(page)).hasCount(ROOMS);
    }

    @Test
    void theRoomsOfOthersHideNoneOfOnesOwn() {
        String member = "reader-" + UUID.randomUUID();
        creates(member, 3, "Few ");
        Page few = signsIn(member);
        few.navigate(Server.base() + "/");
        assertThat(rows(few)).hasCount(3);
        few.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("Find a room").setExact(true)).fill("Own 599");
        few.keyboard().press("Enter");
        assertThat(few.locator("dialog.browse li").filter(new Locator.FilterOptions().setHasText("Own 599"))).not().hasCount(0);
    }

    private static void creates(String person, int count, String name) {
        Http requests = Http.of(person);
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<Integer>> statuses = IntStream.range(0, count).mapToObj(n -> CompletableFuture.supplyAsync(
                    () -> requests.post("/api/rooms", Map.of("name", name + n)).status(), threads)).toList();
            assertThat(statuses).map(CompletableFuture::join).allMatch(status -> status == 201);
        }
    }

    private static Page signsIn(String person) {
        BrowserContext session = browser.opensSession();
        People.staysSignedIn(session, person, Tokens.of(person));
        return browser.opensTab(session);
    }

    // The portal opens a room that the person isn't in, which has a section of its own.
    private static Locator rows(Page shown) {
        return shown.locator(".rooms section:not([data-section=visiting]) .row");
    }
}
