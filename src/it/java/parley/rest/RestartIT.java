package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.browser.Browser;
import parley.browser.OpenPages;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/** One graceful stop and one start of the server: clients learn when to reconnect, and nothing is lost. The tests share the restart. */
class RestartIT {

    private static final long RECONNECT_WINDOW_MILLIS = 10_000;

    private static String room;
    private static ChatClient connected;
    private static JsonNode history;
    private static String epoch;
    private static Set<String> answersDuringStartup;
    /** Null without a browser. */
    private static OpenPages pages;

    @BeforeAll
    static void restart() {
        room = Http.of("alice").createsRoom();
        connected = ChatClient.of("alice").joins(room);
        connected.posts("before the restart", "key-1");
        connected.posts("and another", "key-2");
        history = connected.asks("history", Map.of("room", room)).ok();
        epoch = connected.subscribes(room).get("epoch").stringValue();
        Http.withToken(Tokens.of("carol", "Carol", "parley-admin")).post("/api/administration/revocations", Map.of("jti", "lost-" + room));
        pages = Browser.isInstalled() ? OpenPages.in(Http.of("alice").createsRoom()) : null;

        TestServer.stop();
        CompletableFuture<Void> start = CompletableFuture.runAsync(TestServer::start, Thread::startVirtualThread);
        answersDuringStartup = answersUntil(start);
        start.join();
    }

    @AfterAll
    static void close() {
        connected.close();
        if (pages != null) {
            pages.close();
        }
    }

    @Test
    void stoppingTheServerClosesConnectionsAsADrainDoes() {
        assertThat(connected.closeCode()).isEqualTo(1012);
        assertThat(Json.read(connected.closeReason()).get("after").longValue()).isBetween(1L, RECONNECT_WINDOW_MILLIS);
    }

    @Test
    void responsesDiscloseNoProductDuringStartup() {
        assertThat(answersDuringStartup).as("before the application is loaded").anyMatch(answer -> answer.startsWith("HTTP/1.1 404"))
                .allSatisfy(answer -> assertThat(answer)
                        .doesNotContainPattern("(?i)payara|glassfish|grizzly|tyrus|jersey|eclipse|azul|2025"));
    }

    @Test
    void historyAndPositionsSurvive() {
        try (ChatClient alice = ChatClient.of("alice")) {
            assertThat(alice.asks("history", Map.of("room", room)).ok()).isEqualTo(history);
            JsonNode resumed = alice.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", 3))).ok();
            assertThat(resumed.get("recovered").booleanValue()).isTrue();
            assertThat(alice.receivesLogged(1).getFirst().get("text").stringValue()).isEqualTo("and another");
        }
    }

    @Test
    void openPagesContinue() {
        assumeTrue(pages != null, "no Chromium or Chrome on the PATH");
        pages.continueAfterTheRestart();
    }

    @Test
    void idempotencyKeysSurvive() {
        try (ChatClient alice = ChatClient.of("alice")) {
            JsonNode again = alice.asks("message.post", Map.of("room", room, "key", "key-1", "text", "before the restart")).ok();
            assertThat(again.get("duplicate").booleanValue()).isTrue();
            assertThat(again.get("offset").longValue()).isEqualTo(3);
        }
    }

    @Test
    void revocationsSurvive() {
        assertThat(Handshake.withToken(Tokens.withIds("bob", "lost-" + room, "")).refused().status()).isEqualTo(401);
    }

    private static Set<String> answersUntil(CompletableFuture<Void> end) {
        Set<String> answers = new HashSet<>();
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(10)).until(() -> {
            answer().ifPresent(answers::add);
            return end.isDone();
        });
        return answers;
    }

    private static Optional<String> answer() {
        try (Socket socket = new Socket("localhost", Server.base().getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write("GET /parley/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            return Optional.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }
}
