package parley.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Json;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;

/**
 * Random people search for random words on two instances, while owners change their rooms on both: they add, remove and ban people, and
 * post, edit and delete messages. Who finds a text may have read it at some moment of the search. {@code -Dparley.trial=long} makes 10,000
 * pairs of a person and a query.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class SearchingIT {

    private static final int PAIRS = System.getProperty("parley.trial", "short").equals("long") ? 10_000 : 400;
    private static final int SEARCHERS = 4;
    private static final int ROOMS = 6;
    /** So many that nobody reaches the limit of HTTP calls a minute. */
    private static final int PEOPLE = 12;
    /** Of one room, for the same reason. */
    private static final int MOST_CHANGES = 500;
    private static final List<String> WORDS = List.of("apple", "banana", "cherry", "damson", "elder", "fig");
    private static final Duration SOON = Duration.ofSeconds(30);
    /** The end of what holds now. */
    private static final long OPEN = Long.MAX_VALUE;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Cluster cluster = TestCluster.shared();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Map<String, OwnedRoom> rooms = new ConcurrentHashMap<>();
    private final AtomicInteger pairs = new AtomicInteger();
    private final AtomicInteger found = new AtomicInteger();
    private final AtomicInteger changes = new AtomicInteger();

    @Test
    void neverFindsWhatIsHiddenOrGone() {
        // Only people who have signed in can be added to a room.
        IntStream.range(0, PEOPLE).forEach(person -> call(person % 2, person(person), "GET", "/api/me", Map.of(), 200));
        IntStream.range(0, ROOMS).mapToObj(OwnedRoom::new).forEach(room -> rooms.put(room.id, room));
        try (ExecutorService threads = Executors.newFixedThreadPool(ROOMS + SEARCHERS)) {
            List<CompletableFuture<Void>> all = Stream.concat(rooms.values().stream().<Runnable>map(room -> room::changes),
                    IntStream.range(0, SEARCHERS).<Runnable>mapToObj(n -> () -> searches(new Random(100 + n))))
                    .map(task -> CompletableFuture.runAsync(task, threads)).toList();
            all.forEach(CompletableFuture::join);
            System.out.printf("%,d pairs of a person and a query on two instances, during %,d changes, found %,d messages: none that was "
                    + "hidden or gone%n", PAIRS, changes.get(), found.get());
            assertThat(found).hasValueGreaterThan(PAIRS / 3);
            rooms.values().forEach(OwnedRoom::isFoundOnEachInstance);
        } finally {
            rooms.values().forEach(OwnedRoom::disconnects);
        }
    }

    private void searches(Random random) {
        while (pairs.getAndIncrement() < PAIRS) {
            int person = random.nextInt(PEOPLE);
            String word = WORDS.get(random.nextInt(WORDS.size()));
            long start = System.nanoTime();
            JsonNode page = call(random.nextInt(2), person(person), "GET", "/api/search?sort=time&limit=50&q=" + word, Map.of(), 200);
            for (JsonNode result : page.get("results")) {
                String text = result.at("/message/text").stringValue();
                OwnedRoom room = rooms.get(result.get("room").stringValue());
                assertThat(text).contains(word);
                assertThat(room.texts.getOrDefault(text, Long.MIN_VALUE)).as("end of \"%s\"", text).isGreaterThanOrEqualTo(start);
                assertThat(room.readers.getOrDefault(person(person), Long.MIN_VALUE)).as("end of the access of %s", person(person))
                        .isGreaterThanOrEqualTo(start);
                found.incrementAndGet();
            }
        }
    }

    /** A private room whose owner changes it in one thread, on both instances. */
    private final class OwnedRoom {

        private final String id;
        private final Random random;
        private final String owner;
        private final List<ChatClient> sockets;
        /**
         * Until when each text may be found: {@link #OPEN}, or the moment at which its change was acknowledged. No text comes twice.
         */
        private final Map<String, Long> texts = new ConcurrentHashMap<>();
        /** The same for the people who may read. */
        private final Map<String, Long> readers = new ConcurrentHashMap<>();
        /** The text of each message that is there. */
        private final Map<Long, String> messages = new TreeMap<>();
        private int written;

        OwnedRoom(int number) {
            random = new Random(number);
            owner = "owner-" + number + "-" + run;
            id = call(0, owner, "POST", "/api/rooms", Map.of("name", "Room " + number, "kind", "private"), 201).get("id").stringValue();
            sockets = cluster.instances().stream().map(instance -> ChatClient.withToken(token(owner), instance.socket("/ws"))).toList();
        }

        void changes() {
            for (int change = 0; change < MOST_CHANGES && pairs.get() < PAIRS; change++) {
                String person = person(random.nextInt(PEOPLE));
                switch (messages.isEmpty() ? 9 : random.nextInt(10)) {
                    case 0, 1 -> {
                        readers.put(person, OPEN);
                        administers("PUT", "/members", Map.of("user", person, "role", "member"), 200, 201, 204);
                    }
                    case 2 -> {
                        // 404: who was no member.
                        administers("DELETE", "/members?user=" + person, Map.of(), 204, 404);
                        readers.put(person, System.nanoTime());
                    }
                    case 3 -> {
                        administers("PUT", "/bans", Map.of("user", person), 200, 201, 204);
                        readers.put(person, System.nanoTime());
                        administers("DELETE", "/bans?user=" + person, Map.of(), 204);
                    }
                    case 4 -> {
                        long offset = anyMessage();
                        ask("message.delete", Map.of("message", offset));
                        texts.put(messages.remove(offset), System.nanoTime());
                    }
                    case 5, 6 -> {
                        long offset = anyMessage();
                        String text = text();
                        ask("message.edit", Map.of("message", offset, "text", text));
                        texts.put(messages.put(offset, text), System.nanoTime());
                    }
                    default -> {
                        String text = text();
                        messages.put(ask("message.post", Map.of("key", UUID.randomUUID().toString(), "text", text)).get("offset")
                                .longValue(), text);
                    }
                }
                changes.incrementAndGet();
            }
        }

        private void administers(String method, String path, Map<String, String> body, Integer... expected) {
            call(random.nextInt(2), owner, method, "/api/rooms/" + id + path, body, expected);
        }

        private JsonNode ask(String command, Map<String, Object> fields) {
            Map<String, Object> all = new TreeMap<>(fields);
            all.put("room", id);
            return sockets.get(random.nextInt(2)).asks(command, all).ok();
        }

        private long anyMessage() {
            return List.copyOf(messages.keySet()).get(random.nextInt(messages.size()));
        }

        private String text() {
            String text = WORDS.get(random.nextInt(WORDS.size())) + " " + WORDS.get(random.nextInt(WORDS.size())) + " " + written++;
            texts.put(text, OPEN);
            return text;
        }

        void isFoundOnEachInstance() {
            long expected = messages.values().stream().filter(text -> text.contains("apple")).count();
            for (int instance = 0; instance < 2; instance++) {
                int at = instance;
                await().atMost(SOON).until(() -> call(at, owner, "GET", "/api/search?q=apple&room=" + id, Map.of(), 200)
                        .get("total").longValue(), total -> total == expected);
            }
        }

        void disconnects() {
            sockets.forEach(ChatClient::close);
        }
    }

    private String person(int number) {
        return "searcher-" + number + "-" + run;
    }

    /** The JSON of the answer, which has one of these statuses. */
    private JsonNode call(int instance, String user, String method, String path, Map<String, String> body, Integer... expected) {
        HttpRequest request = request(cluster.instance(instance), path).header("Authorization", "Bearer " + token(user))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.text(body), UTF_8)).build();
        return send(request, expected);
    }

    private String token(String user) {
        return tokens.computeIfAbsent(user, id -> send(request(cluster.instance(0), "/dev/token")
                .POST(BodyPublishers.ofString(Json.text(Map.of("user", id)))).build(), 200).get("token").stringValue());
    }

    private static HttpRequest.Builder request(Instance instance, String path) {
        return HttpRequest.newBuilder(URI.create(instance.base() + path)).header("Content-Type", "application/json").timeout(SOON);
    }

    private JsonNode send(HttpRequest request, Integer... expected) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as("%s %s: %s", request.method(), request.uri().getPath(), answer.body())
                    .isIn((Object[]) expected);
            return answer.body().isEmpty() ? Json.read("{}") : Json.read(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
