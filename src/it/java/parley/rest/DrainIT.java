package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.RawSocket;
import parley.kit.Server;
import parley.kit.Tokens;

/** Graceful shutdown of an instance: it closes all connections before it is stopped. */
class DrainIT {

    private static final long WINDOW_MILLIS = 10_000;

    private final Http administrator = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));

    @AfterEach
    void reopen() {
        assertThat(administrator.delete("/api/administration/drain").status()).isEqualTo(204);
    }

    @Test
    void onlyAdministratorsDrain() {
        assertThat(Http.of("alice").post("/api/administration/drain", Map.of()).problem()).isEqualTo("forbidden");
        Handshake.of("alice").accepted();
    }

    @Test
    void everyClientIsToldToReconnectAtItsOwnTime() {
        List<ChatClient> clients = Stream.generate(() -> ChatClient.of("alice")).limit(10).toList();

        assertThat(drain().json(200).get("done").intValue()).isGreaterThanOrEqualTo(10);

        assertThat(clients).allSatisfy(client -> assertThat(client.closeCode()).isEqualTo(1012));
        List<Long> times = clients.stream().map(client -> Json.read(client.closeReason()).get("after").longValue()).sorted().toList();
        assertThat(times).doesNotHaveDuplicates().allSatisfy(after -> assertThat(after).isBetween(1L, WINDOW_MILLIS));
    }

    @RepeatedTest(2)
    void aHandshakeInProgressIsClosedToo() throws Exception {
        Queue<RawSocket> accepted = new ConcurrentLinkedQueue<>();
        CountDownLatch some = new CountDownLatch(8);
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 4).mapToObj(n -> Handshake.of("arriving-" + n)).forEach(person -> threads.execute(() -> {
                RawSocket socket = RawSocket.requesting(person);
                for (; socket.answered().status() == 101 && !over.get(); socket = RawSocket.requesting(person)) {
                    accepted.add(socket);
                    some.countDown();
                }
                socket.close();
            }));
            try {
                assertThat(some.await(20, TimeUnit.SECONDS)).isTrue();
                drain().json(200);
            } finally {
                over.set(true);
            }
        }
        assertThat(accepted).allSatisfy(socket -> assertThat(socket.closeCode()).isEqualTo(1012));
        accepted.forEach(RawSocket::close);
    }

    @Test
    void newHandshakesAreRefusedUntilItEnds() {
        drain();
        HttpAnswer refused = Handshake.of("alice").refused();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(health("ready")).isEqualTo(503);
        assertThat(health("live")).isEqualTo(200);

        reopen();
        Handshake.of("alice").accepted();
        assertThat(health("ready")).isEqualTo(200);
    }

    private static int health(String check) {
        return Http.anonymous().send(HttpRequest.newBuilder(Server.base().resolve("/health/" + check)).GET()).status();
    }

    private HttpAnswer drain() {
        return administrator.post("/api/administration/drain", Map.of());
    }
}
