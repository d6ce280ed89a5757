package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import example.EchoBot;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.client.Parley;
import parley.client.Room;
import parley.client.RoomEvent;
import parley.client.Stats;
import parley.server.Cluster;
import tools.jackson.databind.JsonNode;

/**
 * Two programs on the Java client, while a test injects faults: one asks, and the bot of the documentation answers. At the end each
 * question and each answer is in the log once, and both received the log without a gap or a repetition.
 */
final class EchoTrial {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int MOST_UNSENT = 50;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Cluster cluster;
    private final String room = UUID.randomUUID().toString();
    private final ConcurrentLinkedQueue<RoomEvent> seen = new ConcurrentLinkedQueue<>();
    private Parley asker;
    private Parley bot;
    private Thread asking;
    private volatile boolean finishing;
    private volatile int asked;

    EchoTrial(Cluster cluster) {
        this.cluster = cluster;
    }

    void begins() {
        new UserAt(cluster.instance(0), "alice").posts("/api/rooms", Map.of("id", room, "name", "Plaza " + room));
        bot = connect("bot");
        EchoBot.serve(bot.room(room));
        asker = connect("asker");
        Room asked = asker.room(room);
        asked.join();
        asked.listen(seen::add);
        await().atMost(PATIENCE).until(() -> seen.stream().anyMatch(RoomEvent.Reset.class::isInstance)
                && bot.room(room).position().isPresent());
        asking = Thread.ofVirtual().start(this::ask);
    }

    private Parley connect(String user) {
        String token = new UserAt(cluster.instance(0), user).token();
        URI[] servers = cluster.instances().stream().map(instance -> URI.create(instance.base().toString())).toArray(URI[]::new);
        return Parley.builder(servers).tokens(() -> token).connect();
    }

    private void ask() {
        try {
            while (!finishing) {
                if (asker.stats().unsent() < MOST_UNSENT) {
                    asker.room(room).post("!echo question " + ++asked);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until this many more questions were answered. */
    void answers(int count) {
        long before = answered();
        await().atMost(PATIENCE).until(() -> answered() >= before + count);
    }

    private long answered() {
        return texts().filter(text -> !text.startsWith("!echo ")).count();
    }

    private Stream<String> texts() {
        return seen.stream().filter(RoomEvent.Posted.class::isInstance).map(event -> ((RoomEvent.Posted) event).text());
    }

    /** Stops asking, waits for the last answer, and fails if something was lost or came twice. */
    void endsWell() throws Exception {
        finishing = true;
        asking.join();
        await().atMost(PATIENCE).until(() -> answered() >= asked);
        Stats atAsker = asker.stats();
        Stats atBot = bot.stats();
        asker.close();
        bot.close();
        System.out.printf("The Java bot answered %,d questions over %d reconnections, with %d resumes and %d resets%n", asked,
                atBot.reconnections(), atBot.resumes(), atBot.resets());

        assertThat(texts()).as("what the asker saw").containsExactlyInAnyOrderElementsOf(expected());
        assertThat(seen.stream().filter(RoomEvent.Logged.class::isInstance).map(event -> ((RoomEvent.Logged) event).position().offset()))
                .as("its offsets").containsExactlyElementsOf(offsets());
        assertThat(logged()).as("the log").containsExactlyInAnyOrderElementsOf(expected());
        assertThat(atBot.reconnections()).as("reconnections of the bot").isPositive();
        assertThat(atAsker.resets() + atBot.resets()).as("resets").isZero();
    }

    private List<String> expected() {
        return IntStream.rangeClosed(1, asked).boxed().flatMap(n -> Stream.of("!echo question " + n, "question " + n)).toList();
    }

    private List<Long> offsets() {
        long first = ((RoomEvent.Reset) seen.peek()).position().offset() + 1;
        long count = seen.stream().filter(RoomEvent.Logged.class::isInstance).count();
        return java.util.stream.LongStream.range(first, first + count).boxed().toList();
    }

    private List<String> logged() {
        List<String> texts = new ArrayList<>();
        UserAt alice = new UserAt(cluster.instance(0), "alice");
        long after = 0;
        JsonNode page;
        do {
            page = alice.gets("/api/rooms/" + room + "/messages?limit=100&after=" + after);
            for (JsonNode message : page.get("messages")) {
                texts.add(message.get("text").stringValue());
                after = message.get("offset").longValue();
            }
        } while (page.get("more").booleanValue());
        return texts;
    }
}
