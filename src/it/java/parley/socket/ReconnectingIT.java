package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.RawFrame;
import parley.kit.RawSocket;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/**
 * All clients lose their connections and reconnect at the same moment. {@code -Dparley.crowd=5000} sets their number, 200 by default;
 * {@code -Dparley.patience=60} gives a slow machine more time.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it doesn't depend on the database")
class ReconnectingIT {

    private static final int CROWD = Integer.getInteger("parley.crowd", 200);
    private static final int ROOMS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** A room and the position to resume from. */
    private record Place(String room, String epoch, long offset) {}

    @Test
    void everyClientResumesAfterReconnectingAtOnce() throws Exception {
        List<String> tokens = IntStream.range(0, CROWD).mapToObj(i -> Tokens.of("user" + i)).toList();
        try (ChatClient alice = ChatClient.of("alice"); ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Place> places = IntStream.range(0, ROOMS).mapToObj(i -> place(alice)).toList();
            List<RawSocket> before = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                before.add(listens(places.get(i % ROOMS), RawSocket.requesting(Handshake.withToken(tokens.get(i)))));
            }
            before.forEach(RawSocket::resets);
            for (Place place : places) {
                alice.asks("message.post", Map.of("room", place.room(), "key", "missed", "text", "missed")).ok();
            }

            long begin = System.nanoTime();
            List<Future<RawSocket>> coming = IntStream.range(0, CROWD).mapToObj(i -> clients.submit(
                    () -> reconnects(tokens.get(i), places.get(i % ROOMS), begin))).toList();
            for (Future<RawSocket> one : coming) {
                one.get().close();
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            System.out.printf("%,d clients reconnected and resumed in %,d ms%n", CROWD, taken.toMillis());
            assertThat(taken).isLessThan(TIMEOUT);
        }
    }

    private static Place place(ChatClient alice) {
        String room = Http.of("alice").createsRoom();
        JsonNode at = alice.subscribes(room);
        return new Place(room, at.get("epoch").stringValue(), at.get("offset").longValue());
    }

    // Obeys Retry-After.
    private static RawSocket reconnects(String token, Place place, long begin) throws InterruptedException {
        while (System.nanoTime() - begin < TIMEOUT.toNanos()) {
            RawSocket socket = RawSocket.requesting(Handshake.withToken(token));
            if (socket.answered().status() == 101) {
                return resumes(listens(place, socket), place);
            }
            assertThat(socket.answered().status()).isIn(429, 503);
            socket.close();
            Thread.sleep(Duration.ofSeconds(Long.parseLong(socket.answered().header("Retry-After").orElseThrow())));
        }
        throw new AssertionError("The connection was refused for " + TIMEOUT);
    }

    private static RawSocket listens(Place place, RawSocket socket) {
        socket.readsAfterPings();
        return socket.sends(RawFrame.text("{\"id\":1,\"type\":\"subscribe\",\"room\":\"" + place.room() + "\",\"since\":{\"epoch\":\""
                + place.epoch() + "\",\"offset\":" + place.offset() + "}}"));
    }

    private static RawSocket resumes(RawSocket socket, Place place) {
        assertThat(socket.readsReply(1).ok().get("recovered").booleanValue()).isTrue();
        assertThat(socket.readsAfterPings().text()).contains("\"offset\":" + (place.offset() + 1), "\"key\":\"missed\"");
        return socket;
    }
}
