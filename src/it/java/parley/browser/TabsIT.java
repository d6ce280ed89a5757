package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocket;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;

/**
 * All tabs of a person in one browser share one connection. The client elects the leading tab by Web Locks and uses no SharedWorker: half
 * of the tabs here have none. {@code -Dparley.trial=long} opens 20 tabs and closes the leading tab 50 times.
 */
class TabsIT {

    private static final boolean LONG = System.getProperty("parley.trial", "short").equals("long");
    private static final int TABS = LONG ? 20 : 8;
    private static final int CLOSES = LONG ? 50 : 2;
    private static final int KEPT_OPEN = 2;
    /** Milliseconds that a message may wait longer while the leading tab closes. A few closes on a busy machine measure the machine. */
    private static final long MOST_COST = LONG ? 200 : 1_000;
    private static final long WATCHED = 200;
    private static final long BETWEEN_MESSAGES = 50;
    /** Notes when the page shows each message first, and which it shows twice. */
    private static final String RECORDER = """
            () => {
              const root = document.querySelector('parley-chat').shadowRoot;
              window.shown = new Map();
              window.doubled = [];
              const see = () => {
                const offsets = [...root.querySelectorAll('.main .message[data-offset]')].map((article) => Number(article.dataset.offset));
                doubled.push(...offsets.filter((offset, n) => offsets.indexOf(offset) !== n));
                for (const offset of offsets) if (!shown.has(offset)) shown.set(offset, Date.now());
              };
              new MutationObserver(see).observe(root, { childList: true, subtree: true, attributeFilter: ['data-offset'] });
              see();
            }""";

    private final String reader = "reader-" + UUID.randomUUID();
    /** When each message was posted, by its offset. */
    private final NavigableMap<Long, Long> posted = new ConcurrentSkipListMap<>();
    private final Map<Page, WebSocket> sockets = new ConcurrentHashMap<>();
    private Browser browser;
    private BrowserContext session;
    private String room;

    @BeforeEach
    void signIn() {
        browser = Browser.start();
        room = Http.of("alice").createsRoom();
        assertThat(Http.of("alice").setsRole(room, reader, "member").status()).isEqualTo(204);
        session = browser.opensSession();
        People.staysSignedIn(session, reader, Tokens.of(reader));
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void allTabsAreOneConnection() {
        long before = Server.metric("parley_connections");
        List<Page> tabs = Stream.generate(this::opensTab).limit(TABS).toList();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            tabs.forEach(TabsIT::awaitRoom);
            assertThat(tabs.stream().filter(tab -> tab.evaluate("() => typeof SharedWorker").equals("undefined"))).hasSize(TABS / 2);
            alice.posts("to every tab");
            tabs.forEach(tab -> assertThat(tab.locator(".main .message").filter(text("to every tab"))).hasCount(1));
            // Connections of earlier tests may end in the meantime.
            assertThat(Server.metric("parley_connections") - before).as("the tabs and alice").isLessThanOrEqualTo(2);
            assertThat(sockets).hasSize(1);
            tabs.getLast().locator(".main .composer textarea").fill("from a tab");
            tabs.getLast().keyboard().press("Enter");
            tabs.forEach(tab -> assertThat(tab.locator(".main .message").filter(text("from a tab"))).hasCount(1));
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void losesAndRepeatsNothingWhenTheLeadingTabCloses() {
        List<Page> tabs = new ArrayList<>(Stream.generate(this::opensTab).limit(KEPT_OPEN + 1).toList());
        tabs.forEach(TabsIT::awaitRoom);
        tabs.forEach(tab -> tab.evaluate(RECORDER));
        List<Long> usual = new ArrayList<>();
        List<Long> closing = new ArrayList<>();
        try (ChatClient alice = ChatClient.of("alice").joins(room);
                var clock = Executors.newSingleThreadScheduledExecutor()) {
            for (int close = 0; close < CLOSES; close++) {
                var posting = clock.scheduleAtFixedRate(() -> posts(alice), 0, BETWEEN_MESSAGES, TimeUnit.MILLISECONDS);
                Page leader = leading(tabs);
                tabs.remove(leader);
                usual.add(longestWait(tabs, System.currentTimeMillis()));
                long from = System.currentTimeMillis();
                leader.close();
                closing.add(longestWait(tabs, from));
                posting.cancel(false);
                // A room with many unread messages opens at the first of them, and the recorder would not see the latest.
                Http.of(reader).post("/api/commands", Map.of("id", 1, "type", "read", "room", room, "upto", posted.lastKey())).json(200);
                Page another = opensTab();
                awaitRoom(another);
                another.evaluate(RECORDER);
                tabs.add(another);
            }
        }
        for (Page tab : tabs) {
            assertThat(tab.locator(".main .message[data-offset='" + posted.lastKey() + "']")).hasCount(1);
            List<Long> shown = numbers(tab, "() => [...shown.keys()]").stream().sorted().toList();
            assertThat(shown).isEqualTo(List.copyOf(posted.tailMap(shown.getFirst()).keySet()));
            assertThat(numbers(tab, "() => doubled")).isEmpty();
        }
        assertThat(browser.complaints()).isEmpty();
        System.out.printf("The leading tab closed %d times: a message waited %d ms in the middle, %d ms at most, %d ms without a close%n",
                CLOSES, middle(closing), closing.stream().max(Long::compare).orElseThrow(), middle(usual));
        assertThat(middle(closing) - middle(usual)).isLessThan(MOST_COST);
    }

    private void posts(ChatClient alice) {
        long now = System.currentTimeMillis();
        posted.put(alice.posts("at " + now), now);
    }

    // Of the messages posted from this time on: the longest time until a tab showed one. Waits for one that is posted later.
    private long longestWait(List<Page> tabs, long from) {
        Map.Entry<Long, Long> last = await().until(posted::lastEntry, entry -> entry != null && entry.getValue() > from + WATCHED);
        NavigableMap<Long, Long> watched = new TreeMap<>(posted.headMap(last.getKey(), true));
        watched.values().removeIf(at -> at < from);
        return tabs.stream().mapToLong(tab -> {
            tab.waitForFunction("last => shown.has(last)", last.getKey().intValue());
            List<Long> times = numbers(tab, "() => [...shown].flat()");
            return IntStream.range(0, times.size() / 2).filter(n -> watched.containsKey(times.get(2 * n)))
                    .mapToLong(n -> times.get(2 * n + 1) - watched.get(times.get(2 * n))).max().orElse(0);
        }).max().orElseThrow();
    }

    private static List<Long> numbers(Page tab, String script) {
        return ((List<?>) tab.evaluate(script)).stream().map(one -> ((Number) one).longValue()).toList();
    }

    private static long middle(List<Long> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private Page opensTab() {
        Page tab = browser.opensTab(session);
        if (session.pages().size() % 2 == 0) {
            tab.addInitScript("delete globalThis.SharedWorker");
        }
        tab.onWebSocket(socket -> sockets.put(tab, socket));
        tab.navigate(Server.base() + "/", new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        tab.locator("parley-chat").evaluate("(chat, room) => chat.setAttribute('room', room)", room);
        return tab;
    }

    private static void awaitRoom(Page tab) {
        assertThat(tab.getByRole(AriaRole.LOG).first()).hasAttribute("aria-busy", "false");
        assertThat(tab.locator(".main .composer textarea")).isEnabled();
    }

    // Each question to a page lets Playwright report the sockets.
    private Page leading(List<Page> tabs) {
        return await().until(() -> tabs.stream().filter(tab -> tab.evaluate("1") != null && sockets.containsKey(tab)
                && !sockets.get(tab).isClosed()).toList(), leading -> leading.size() == 1).getFirst();
    }

    private static Locator.FilterOptions text(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
