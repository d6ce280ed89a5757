package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.kit.Bystander;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.RawSocket;
import parley.kit.Server;
import tools.jackson.databind.JsonNode;

/** Those who keep the server waiting. All of them begin at once, for each takes half a minute. */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it has nothing to do with the database")
@ExtendWith(Bystander.class)
class LongWaitsIT {

    private static final Duration SILENCE = Duration.ofSeconds(45);
    private static final String UPGRADE = "GET /parley/ws HTTP/1.1\r\nHost: localhost\r\n";

    /** 12 KB in UTF-8. */
    private static final String LONG = "€".repeat(4_000);

    private static ScheduledExecutorService drops;
    private static JsonNode ticket;
    private static CompletableFuture<Duration> silent;
    private static CompletableFuture<Duration> halfClosed;
    private static CompletableFuture<Duration> dripping;
    private static CompletableFuture<Duration> bodiless;
    private static CompletableFuture<Duration> unread;

    @BeforeAll
    static void everyoneBegins() {
        drops = Executors.newScheduledThreadPool(1);
        ticket = Http.of("bob").post("/api/tickets", Map.of()).json(200);
        silent = CompletableFuture.supplyAsync(() -> timeToClose(Handshake.of("bob").opens()), Thread::startVirtualThread);
        halfClosed = CompletableFuture.supplyAsync(() -> timeToClose(Handshake.of("bob").opens().stopsSending()), Thread::startVirtualThread);
        dripping = CompletableFuture.supplyAsync(() -> timeToEnd(UPGRADE.substring(0, 1), UPGRADE.substring(1)), Thread::startVirtualThread);
        bodiless = CompletableFuture.supplyAsync(() -> timeToEnd("POST /parley/dev/token HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{", "\"user\":\"bob\"}"), Thread::startVirtualThread);
        unread = CompletableFuture.supplyAsync(LongWaitsIT::timeToBeSlow, Thread::startVirtualThread);
    }

    @AfterAll
    static void theDropsEnd() {
        drops.shutdownNow();
    }

    @Test
    void whoSendsARequestByteByByteIsDropped() {
        assertThat(dripping.join()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void whoSendsABodyByteByByteIsDropped() {
        assertThat(bodiless.join()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void whoClosesHalfASocketIsGone() {
        assertThat(halfClosed.join()).isLessThan(SILENCE);
    }

    @Test
    void whoAnswersNoPingIsGone() {
        assertThat(silent.join()).isBetween(Duration.ofSeconds(30), SILENCE);
    }

    /** Though buffers on the way still have room for all of it. */
    @Test
    void whoReadsNothingWhileMuchIsWrittenIsClosedAsSlow() {
        assertThat(unread.join()).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(35));
    }

    @Test
    void aTicketIsOverAfterHalfAMinute() {
        Instant expires = Instant.parse(ticket.get("expires").stringValue());
        Awaitility.await().atMost(SILENCE).until(() -> Instant.now().isAfter(expires));

        assertThat(Handshake.ofNobody().withQuery("ticket=" + ticket.get("ticket").stringValue()).refused().status()).isEqualTo(401);
    }

    private static Duration timeToClose(RawSocket socket) {
        try (socket) {
            return socket.isClosedWithin(SILENCE);
        }
    }

    private static Duration timeToBeSlow() {
        String room = Http.of("alice").makesRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room); RawSocket bob = Handshake.of("bob").opens()) {
            bob.listensTo(room);
            long start = System.nanoTime();
            double before = Server.metric("parley_connections_slow_total");
            Awaitility.await().atMost(SILENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofSeconds(1)).until(() -> {
                alice.posts(LONG);
                return Server.metric("parley_connections_slow_total") > before;
            });
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(bob.isClosed()).isEqualTo(4101);
            return took;
        }
    }

    // Says the first words at once and then a byte of the rest every ten seconds, until the server ends the connection.
    private static Duration timeToEnd(String first, String rest) {
        long start = System.nanoTime();
        try (Socket socket = new Socket("localhost", Server.base().getPort())) {
            socket.setSoTimeout((int) SILENCE.toMillis());
            socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = rest.getBytes(StandardCharsets.US_ASCII);
            int[] sent = {0};
            drops.scheduleAtFixedRate(() -> {
                try {
                    socket.getOutputStream().write(bytes[sent[0]++]);
                } catch (IOException ended) {
                    throw new IllegalStateException(ended);
                }
            }, 10, 10, TimeUnit.SECONDS);
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketTimeoutException open) {
            return Duration.ofDays(1);
        } catch (IOException reset) {
            // An end too.
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
