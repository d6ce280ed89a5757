package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Clients that keep the server waiting. All start at once, because each takes half a minute. */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it doesn't depend on the database")
@ExtendWith(Bystander.class)
class LongWaitsIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(45);
    private static final String UPGRADE = "GET /parley/ws HTTP/1.1\r\nHost: localhost\r\n";

    private static final int SLOW_BODIES = 40;

    /** 12 KB in UTF-8. */
    private static final String LONG = "€".repeat(4_000);

    private static ScheduledExecutorService ticks;
    private static JsonNode ticket;
    private static CompletableFuture<Duration> silent;
    private static CompletableFuture<Duration> halfClosed;
    private static CompletableFuture<Duration> slowRequest;
    private static CompletableFuture<Duration> slowBody;
    private static CompletableFuture<Duration> unread;
    private static CompletableFuture<List<String>> slowBodies;
    private static Duration besideSlowBodies;

    @BeforeAll
    static void startAll() {
        ticks = Executors.newScheduledThreadPool(1);
        ticket = Http.of("bob").post("/api/tickets", Map.of()).json(200);
        silent = CompletableFuture.supplyAsync(() -> timeToClose(Handshake.of("bob").opens()), Thread::startVirtualThread);
        halfClosed = CompletableFuture.supplyAsync(() -> timeToClose(Handshake.of("bob").opens().stopsSending()),
                Thread::startVirtualThread);
        slowRequest = CompletableFuture.supplyAsync(() -> timeToEnd(UPGRADE.substring(0, 1), UPGRADE.substring(1)),
                Thread::startVirtualThread);
        slowBody = CompletableFuture.supplyAsync(() -> timeToEnd("POST /parley/dev/token HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 15\r\n\r\n{", "\"user\":\"bob\"}"), Thread::startVirtualThread);
        unread = CompletableFuture.supplyAsync(LongWaitsIT::timeToBeSlow, Thread::startVirtualThread);
        List<Socket> slow = Stream.generate(LongWaitsIT::sendsHalfABody).limit(SLOW_BODIES).toList();
        slowBodies = CompletableFuture.supplyAsync(() -> slow.stream().map(LongWaitsIT::answer).toList(), Thread::startVirtualThread);
        besideSlowBodies = timeOfOtherRequests();
    }

    @AfterAll
    static void stopTicks() {
        ticks.shutdownNow();
    }

    @Test
    void dropsARequestSentByteByByte() {
        assertThat(slowRequest.join()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void dropsABodySentByteByByte() {
        assertThat(slowBody.join()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void bodiesThatNeverEndDelayNoOtherRequest() {
        assertThat(besideSlowBodies).isLessThan(Duration.ofSeconds(8));
        assertThat(slowBodies.join()).hasSize(SLOW_BODIES).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 408 ")
                .contains("Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff", "application/problem+json")
                .doesNotContain("\tat ").doesNotContainIgnoringCase("payara").doesNotContainIgnoringCase("glassfish"));
    }

    @Test
    void closesAHalfClosedSocket() {
        assertThat(halfClosed.join()).isLessThan(TIMEOUT);
    }

    @Test
    void closesAClientThatAnswersNoPing() {
        assertThat(silent.join()).isBetween(Duration.ofSeconds(30), TIMEOUT);
    }

    /** Even while the network buffers could still hold everything. */
    @Test
    void closesAClientThatReadsNothingAsSlow() {
        assertThat(unread.join()).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(35));
    }

    @Test
    void aTicketExpiresAfterHalfAMinute() {
        Instant expires = Instant.parse(ticket.get("expires").stringValue());
        Awaitility.await().atMost(TIMEOUT).until(() -> Instant.now().isAfter(expires));

        assertThat(Handshake.anonymous().withQuery("ticket=" + ticket.get("ticket").stringValue()).refused().status()).isEqualTo(401);
    }

    private static Socket sendsHalfABody() {
        try {
            Socket socket = new Socket("localhost", Server.base().getPort());
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(("POST /parley/api/sign-out/back-channel HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\nlogout_token=")
                    .getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static String answer(Socket socket) {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException late) {
            throw new UncheckedIOException(late);
        }
    }

    private static Duration timeOfOtherRequests() {
        long start = System.nanoTime();
        try (ChatClient alice = ChatClient.of("alice")) {
            alice.joins(Http.of("alice").createsRoom());
            assertThat(Http.of("alice").get("/api/rooms").status()).isEqualTo(200);
            assertThat(alice.asks("ping", Map.of()).ok()).isEmpty();
            alice.posts("still here");
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration timeToClose(RawSocket socket) {
        try (socket) {
            return socket.timeUntilClosed(TIMEOUT);
        }
    }

    private static Duration timeToBeSlow() {
        String room = Http.of("alice").createsRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room); RawSocket bob = Handshake.of("bob").opens()) {
            bob.subscribes(room);
            long start = System.nanoTime();
            double before = Server.metric("parley_connections_slow_total");
            Awaitility.await().atMost(TIMEOUT).pollDelay(Duration.ZERO).pollInterval(Duration.ofSeconds(1)).until(() -> {
                alice.posts(LONG);
                return Server.metric("parley_connections_slow_total") > before;
            });
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(bob.closeCode()).isEqualTo(4101);
            return took;
        }
    }

    // Sends the first part at once, then one byte of the rest every ten seconds, until the server closes the connection.
    private static Duration timeToEnd(String first, String rest) {
        long start = System.nanoTime();
        try (Socket socket = new Socket("localhost", Server.base().getPort())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = rest.getBytes(StandardCharsets.US_ASCII);
            int[] sent = {0};
            ticks.scheduleAtFixedRate(() -> {
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
            // A reset ends the connection too.
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
