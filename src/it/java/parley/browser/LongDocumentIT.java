package parley.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Reply;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/**
 * A document of 200,000 updates opens from its snapshot, for a client without a copy: in less than 300 ms of the server's time, and in less
 * than a second in the browser. Part of the long trials only: {@code -Dparley.trial=long}.
 */
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class LongDocumentIT {

    @RegisterExtension
    static final People people = new People();

    private static final int UPDATES = 200_000;
    private static final int AT_ONCE = 2_000;
    private static final int UNANSWERED = 40;
    private static final int OPENINGS = 5;
    private static final Duration SERVER_WITHIN = Duration.ofMillis(300);
    private static final Duration BROWSER_WITHIN = Duration.ofSeconds(1);
    private static final LocatorAssertions.HasTextOptions SOON = new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    /** Letters typed and deleted at places all over the text. Keeps the updates that this makes, and the document. */
    private static final String WRITER = """
            async () => {
              const { Doc, applyUpdate, encodeStateAsUpdate } = await import(new URL('chat/parts/documents.js', location.href).href);
              const doc = new Doc();
              const text = doc.getText('text');
              let updates = [];
              doc.on('update', (update) => updates.push(update));
              let state = 1;
              const random = (most) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % most;
              let place = 0;
              const type = () => {
                if (random(20) === 0) place = random(text.length + 1);
                if (random(10) === 0 && place > 0) text.delete(--place, 1);
                else text.insert(place++, random(80) === 0 ? '\\n' : 'abcdefghijklmnop '[random(17)]);
              };
              const base64 = (bytes) => {
                let all = '';
                for (let at = 0; at < bytes.length; at += 8192) all += String.fromCharCode(...bytes.subarray(at, at + 8192));
                return btoa(all);
              };
              window.writes = (count) => {
                updates = [];
                while (updates.length < count) type();
                return updates.map(base64);
              };
              window.state = () => base64(encodeStateAsUpdate(doc));
              window.letters = () => text.length;
            }""";

    private static final String OPENS = """
            async (hash) => {
              const start = performance.now();
              location.hash = hash;
              const chat = document.querySelector('parley-chat');
              for (;;) {
                const saved = (chat.shadowRoot ?? chat).querySelector('.document .saved')?.textContent;
                const shown = (chat.shadowRoot ?? chat).querySelector('.document .cm-content')?.textContent.length;
                if (saved && shown > 100) return performance.now() - start;
                await new Promise((done) => setTimeout(done, 5));
              }
            }""";

    private final Http requests = Http.of("alice");
    private final String room = requests.post("/api/rooms", Map.of("name", "Long " + UUID.randomUUID())).json(201).get("id").stringValue();
    private final String document = requests.createsDocument(room, "Long");

    @Test
    @SuppressWarnings("unchecked")
    void opensFromItsSnapshot() {
        Page writer = people.browser().opensPortal(1200, 800);
        writer.evaluate(WRITER);
        long begun = System.nanoTime();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            Deque<CompletableFuture<Reply>> sent = new ArrayDeque<>();
            for (int at = 0; at < UPDATES; at += AT_ONCE) {
                List<String> updates = (List<String>) writer.evaluate("count => writes(count)", AT_ONCE);
                for (int i = 0; i < AT_ONCE; i++) {
                    if (sent.size() >= UNANSWERED) {
                        sent.remove().join().ok();
                    }
                    sent.add(alice.sends("document.update", Map.of("room", room, "document", document, "key", "k" + (at + i),
                            "update", updates.get(i))));
                }
            }
            sent.forEach(reply -> reply.join().ok());
        }
        Duration written = Duration.ofNanos(System.nanoTime() - begun);
        byte[] snapshot = Base64.getDecoder().decode((String) writer.evaluate("state()"));
        HttpAnswer stored = requests.send(HttpRequest.newBuilder(Server.at(path() + "?version=" + UPDATES))
                .header("Content-Type", "application/octet-stream").PUT(BodyPublishers.ofByteArray(snapshot)));
        assertThat(stored.status()).isEqualTo(204);

        Duration server = opensOnTheServer(snapshot.length);
        Duration browser = opensInTheBrowser();
        System.out.printf("%,d updates (written in %d s), a snapshot of %,d bytes: server %d ms, browser %d ms%n",
                UPDATES, written.toSeconds(), snapshot.length, server.toMillis(), browser.toMillis());
        assertThat(server).isLessThan(SERVER_WITHIN);
        assertThat(browser).isLessThan(BROWSER_WITHIN);
    }

    private String path() {
        return "/api/rooms/" + room + "/documents/" + document + "/snapshot";
    }

    // Both commands and the download, the longest of several times.
    private Duration opensOnTheServer(int bytes) {
        Duration longest = Duration.ZERO;
        for (int i = 0; i < OPENINGS; i++) {
            try (ChatClient bob = ChatClient.of("bob").joins(room)) {
                long start = System.nanoTime();
                JsonNode opened = bob.asks("document.open", Map.of("room", room, "document", document)).ok();
                assertThat(opened.get("download").booleanValue()).isTrue();
                int read = Integer.parseInt(requests.get(path() + "?version=" + UPDATES).header("Content-Length").orElseThrow());
                assertThat(read).isEqualTo(bytes);
                JsonNode rest = bob.asks("document.open", Map.of("room", room, "document", document, "since", UPDATES)).ok();
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                assertThat(rest.get("version").longValue()).isEqualTo(UPDATES);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
        }
        return longest;
    }

    // From the click on a link to the text on the screen. The code of the editor is there, as after another document.
    private Duration opensInTheBrowser() {
        String other = requests.createsDocument(room, "Short");
        Page bob = people.arrives("Bob", room);
        bob.evaluate("hash => location.hash = hash", "#/" + room + "/document/" + other);
        Locator saved = bob.locator(".document .saved");
        assertThat(saved).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(15_000));
        Duration took = Duration.ofMillis(((Number) bob.evaluate(OPENS, "#/" + room + "/document/" + document)).longValue());
        assertThat(saved).hasText("Saved", SOON);
        return took;
    }
}
