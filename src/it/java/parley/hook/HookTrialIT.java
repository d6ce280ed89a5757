package parley.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.HookReceiver;
import parley.kit.Http;
import parley.kit.Server;
import parley.server.TestServer;

/** Five thousand events to a receiver that fails half the time, while the server is killed once: all arrive, in order. */
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class HookTrialIT {

    private static final int EVENTS = 5_000;

    @Test
    void everyEventArrivesInOrder() {
        String room = Http.of("alice").createsPrivateRoom();
        Random random = new Random(1);
        AtomicInteger refused = new AtomicInteger();
        try (HookReceiver receiver = HookReceiver.on(Server.hooksPort())) {
            receiver.answers(() -> {
                boolean fails = random.nextBoolean();
                refused.addAndGet(fails ? 1 : 0);
                return fails ? 500 : 204;
            });
            Http.of("alice").post("/api/rooms/" + room + "/hooks", Map.of("url", receiver.url(), "events", List.of("message.posted")))
                    .json(201);
            Instant start = Instant.now();
            List<String> texts = new ArrayList<>();
            try (ChatClient alice = ChatClient.of("alice")) {
                alice.subscribes(room);
                for (int i = 1; i <= EVENTS; i++) {
                    alice.posts("event " + i);
                }
            }
            Duration posted = Duration.between(start, Instant.now());
            Set<String> ids = new HashSet<>();
            boolean killed = false;
            while (texts.size() < EVENTS) {
                HookReceiver.Received received = receiver.receives();
                // After a kill, events may come twice, with the same id.
                if (ids.add(received.id())) {
                    texts.add(received.data().get("text").stringValue());
                }
                if (!killed && texts.size() > EVENTS / 2) {
                    killed = true;
                    TestServer.kill();
                    TestServer.start();
                }
            }
            assertThat(texts).isEqualTo(IntStream.rangeClosed(1, EVENTS).mapToObj(i -> "event " + i).toList());
            System.out.printf("%,d events posted in %d s and handed over in %d s; the receiver failed %,d times%n", EVENTS,
                    posted.toSeconds(), Duration.between(start, Instant.now()).toSeconds(), refused.get());
        }
    }
}
