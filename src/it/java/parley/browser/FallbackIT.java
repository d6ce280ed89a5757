package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Tokens;

/** The page where proxies let no WebSocket through: it chats over a stream or long polls, and returns to the WebSocket. */
class FallbackIT {

    /** Two handshakes fail first, with a pause; a buffering proxy costs 4 s more. */
    private static final LocatorAssertions.IsVisibleOptions IN_TIME = new LocatorAssertions.IsVisibleOptions().setTimeout(20_000);
    private static final long UPGRADE_EVERY = 60_000;
    private static final long STEP = 20_000;

    private final String reader = "reader-" + UUID.randomUUID();
    private final String room = Http.of("alice").createsRoom();
    private final Queue<String> opened = new ConcurrentLinkedQueue<>();
    private final Queue<String> greeted = new ConcurrentLinkedQueue<>();
    private HostileProxy proxy;
    private Browser browser;
    private Page page;

    @BeforeEach
    void start() {
        proxy = HostileProxy.start();
        browser = Browser.start();
        assertThat(Http.of("alice").setsRole(room, reader, "member").status()).isEqualTo(204);
    }

    @AfterEach
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        proxy.close();
    }

    @Test
    void chatsOverAStreamAndReturnsToTheWebSocket() {
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.posts("first");
            opens();
            assertThat(message("first")).isVisible(IN_TIME);
            assertThat(opened).hasSizeGreaterThanOrEqualTo(2);
            talks(alice, "over the stream");

            proxy.cuts();
            alice.posts("while it was cut");
            assertThat(message("while it was cut")).isVisible(IN_TIME);

            proxy.allowsUpgrades();
            List<String> texts = new ArrayList<>(List.of("first", "over the stream", "over the stream, reply", "while it was cut"));
            // In steps: a stream that is silent for 35 s is given up.
            for (int step = 1; step <= UPGRADE_EVERY / STEP; step++) {
                page.clock().fastForward(STEP);
                talks(alice, "step " + step);
                texts.addAll(List.of("step " + step, "step " + step + ", reply"));
            }
            page.waitForCondition(() -> !greeted.isEmpty());
            talks(alice, "over the WebSocket");
            texts.addAll(List.of("over the WebSocket", "over the WebSocket, reply"));
            showsEachOnce(texts);
        }
    }

    @Test
    void chatsOverLongPollsThroughAProxyThatHoldsResponsesBack() {
        proxy.buffers();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.posts("first");
            opens();
            assertThat(message("first")).isVisible(IN_TIME);
            talks(alice, "over long polls");
            talks(alice, "again");
            showsEachOnce(List.of("first", "over long polls", "over long polls, reply", "again", "again, reply"));
        }
    }

    private void opens() {
        BrowserContext session = browser.opensSession();
        People.staysSignedIn(session, reader, Tokens.of(reader));
        page = browser.opensTab(session);
        page.onWebSocket(socket -> {
            opened.add(socket.url());
            socket.onFrameReceived(frame -> greeted.add(frame.text()));
        });
        page.clock().install();
        page.navigate(proxy.portal() + "#" + room);
        People.hasTheElementOpen(page, room);
    }

    private void talks(ChatClient alice, String text) {
        alice.posts(text);
        assertThat(message(text)).isVisible(IN_TIME);
        Locator box = page.locator(".main .composer textarea");
        box.fill(text + ", reply");
        box.press("Enter");
        alice.receives(posted(text + ", reply"));
    }

    private void showsEachOnce(List<String> texts) {
        assertThat(page.locator(".main .message[data-offset]")).hasCount(texts.size());
        for (String text : texts) {
            assertThat(message(text)).hasCount(1);
        }
    }

    private Locator message(String text) {
        return page.locator(".main .message").filter(new Locator.FilterOptions().setHas(page.getByText(text,
                new Page.GetByTextOptions().setExact(true))));
    }
}
