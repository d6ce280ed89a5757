package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Json;
import parley.kit.Reply;
import parley.server.Cluster;
import parley.server.TestCluster;

/**
 * A program is away for fifty thousand events of several rooms, while the broker of the enterprise is killed twice and an instance once:
 * every event arrives, in the order of its room, and what comes twice has the same id.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@EnabledIfSystemProperty(named = "parley.trial", matches = "long")
class JmsTrialIT {

    private static final int ROOMS = 5;
    /** Each posts as much as the limit of a user allows at once. */
    private static final int USERS = 100;
    private static final int POSTS_OF_USER = 500;
    private static final int AT_ONCE = 100;
    private static final int EVENTS = USERS * POSTS_OF_USER;

    private final Cluster cluster = TestCluster.shared();
    private final UserAt administrator = new UserAt(cluster.instance(0), "alice");
    private final List<String> rooms = new ArrayList<>();
    private final Map<String, List<Long>> posted = new HashMap<>();

    @Test
    void everyEventArrivesInTheOrderOfItsRoom() throws Exception {
        try (EnterpriseJms enterprise = new EnterpriseJms()) {
            for (int i = 0; i < ROOMS; i++) {
                String room = UUID.randomUUID().toString();
                administrator.posts("/api/rooms", Map.of("id", room, "name", "Room " + room));
                administrator.posts("/api/rooms/" + room + "/hooks", Map.of("kind", "jms", "events", List.of("message.posted")));
                rooms.add(room);
                posted.put(room, new ArrayList<>());
            }
            Instant start = Instant.now();
            CompletableFuture<Void> faults = CompletableFuture.runAsync(() -> breaks(enterprise));
            for (int user = 0; user < USERS; user++) {
                posts(new UserAt(cluster.instance(0), "poster" + user), rooms.get(user % ROOMS));
            }
            faults.join();
            receives(enterprise, start);
        }
    }

    private void posts(UserAt user, String room) {
        try (ChatClient client = user.connects()) {
            client.asks("room.join", Map.of("room", room)).ok();
            for (int from = 0; from < POSTS_OF_USER; from += AT_ONCE) {
                List<CompletableFuture<Reply>> replies = IntStream.range(from, from + AT_ONCE).mapToObj(i -> client.sends("message.post",
                        Map.of("room", room, "key", "k" + i, "text", "event " + i))).toList();
                replies.forEach(reply -> posted.get(room).add(reply.join().offset()));
            }
        }
    }

    // The second instance hands events over too.
    private void breaks(EnterpriseJms enterprise) {
        for (int i = 0; i < 2; i++) {
            pause();
            enterprise.broker().kill();
            pause();
            enterprise.broker().start();
        }
        cluster.instance(1).kill();
        cluster.instance(1).start();
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(5));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void receives(EnterpriseJms enterprise, Instant start) throws Exception {
        Map<String, List<Long>> arrived = new HashMap<>();
        int all = 0;
        int twice = 0;
        try (JMSContext context = enterprise.connects();
                JMSConsumer consumer = context.createConsumer(context.createQueue("enterprise.events"))) {
            while (all < EVENTS) {
                Message message = EnterpriseJms.receives(consumer);
                String id = Json.read(message.getBody(String.class)).get("id").stringValue();
                long offset = Long.parseLong(id.substring(id.lastIndexOf(':') + 1));
                List<Long> ofRoom = arrived.computeIfAbsent(message.getStringProperty("parley_room"), room -> new ArrayList<>());
                if (ofRoom.isEmpty() || offset > ofRoom.getLast()) {
                    ofRoom.add(offset);
                    all++;
                } else {
                    assertThat(ofRoom).contains(offset);
                    twice++;
                }
            }
        }
        assertThat(arrived).isEqualTo(posted);
        System.out.printf("%,d events of %d rooms, %,d more than once, %d s; the broker was killed twice, an instance once%n", EVENTS,
                ROOMS, twice, Duration.between(start, Instant.now()).toSeconds());
    }
}
