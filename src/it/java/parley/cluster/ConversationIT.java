package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Json;
import parley.kit.Reply;
import parley.kit.RoomFold;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * People on two instances change messages at random. A person who listened, one who was away and one who reloads see the same, and the
 * rebuilt tables hold it. What each of them has not read is the same on every connection and instance, and equals a recount.
 */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ConversationIT {

    private static final int STEPS = System.getProperty("parley.trial", "short").equals("long") ? 10_000 : 1_000;
    private static final int AT_ONCE = 20;
    private static final int STEPS_BETWEEN_ABSENCES = 100;
    /** Enough that the limit of one user's commands is not reached; few enough that each reaction names everyone. */
    private static final int PEOPLE = 8;
    private static final List<String> EMOJIS = List.of("👍", "🚢", "❤️", "🎉");

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Cluster cluster = TestCluster.shared();
    private final String room = UUID.randomUUID().toString();
    private final Random random = new Random(15);

    @Test
    void everyoneSeesTheSameMessages() throws Exception {
        Client admin = new Client(cluster.instance(0), "alice");
        admin.post("/api/rooms", Map.of("id", room, "name", "Room " + room));
        List<ChatClient> people = IntStream.range(0, PEOPLE)
                .mapToObj(n -> new Client(cluster.instance(n % 2), "person-" + n).joins(room)).toList();
        List<Numbers> numbers = IntStream.range(0, PEOPLE).mapToObj(n -> new Numbers("person-" + n, people.get(n))).toList();
        try (ChatClient alice = new Client(cluster.instance(0), "alice").connects()) {
            JsonNode subscribed = alice.asks("subscribe", Map.of("room", room, "last", 0)).ok();
            String epoch = subscribed.get("epoch").stringValue();
            long start = subscribed.get("offset").longValue();
            RoomFold always = new RoomFold(start);
            Absent bob = new Absent(new Client(cluster.instance(1), "bob"), epoch, start);
            chat(people, alice, always, bob);
            bob.isHere();
            long head = head(people.getFirst());
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                always.apply(alice.received());
                bob.listens();
                return always.offset() == head && bob.fold.offset() == head;
            });

            assertThat(bob.fold.messages()).as("of the one who was away").isEqualTo(always.messages());
            assertThat(reload(alice, always.messages())).as("of a reload").isEqualTo(always.messages());
            admin.post("/api/administration/rooms/" + room + "/rebuild", Map.of());
            assertThat(reload(alice, always.messages())).as("after a rebuild").isEqualTo(always.messages());
            assertThat(always.messages()).anyMatch(message -> message.has("reactions")).anyMatch(message -> message.has("edited"))
                    .anyMatch(message -> message.has("replies")).anyMatch(message -> message.has("pinned"))
                    .anyMatch(message -> message.has("deleted"));
            for (int n = 0; n < PEOPLE; n++) {
                numbers.get(n).agree(always.messages(), new Client(cluster.instance((n + 1) % 2), "person-" + n));
            }
            System.out.printf("%,d steps, %,d events, %,d messages, %d absences%n", STEPS, head - start,
                    always.messages().size(), bob.absences);
            bob.close();
        } finally {
            people.forEach(ChatClient::close);
        }
    }

    private void chat(List<ChatClient> people, ChatClient alice, RoomFold always, Absent bob) {
        for (int step = 0; step < STEPS; step += AT_ONCE) {
            List<Long> known = always.offsets();
            List<CompletableFuture<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                replies.add(act(people.get(random.nextInt(PEOPLE)), known));
            }
            replies.forEach(CompletableFuture::join);
            always.apply(alice.received());
            if (step / STEPS_BETWEEN_ABSENCES % 2 == 0) {
                bob.isHere();
                bob.listens();
            } else {
                bob.isAway();
            }
        }
    }

    private CompletableFuture<Reply> act(ChatClient by, List<Long> known) {
        Map<String, Object> fields = new HashMap<>(Map.of("room", room));
        int kind = known.isEmpty() ? 0 : random.nextInt(12);
        if (kind > 2 && kind < 10) {
            // Mostly recent messages, so that many changes meet at one.
            fields.put("message", known.get(Math.max(0, known.size() - 1 - random.nextInt(random.nextBoolean() ? 10 : known.size()))));
        }
        return by.sends(switch (kind) {
            case 0, 1, 2 -> {
                fields.putAll(Map.of("key", UUID.randomUUID().toString(), "text", "text " + random.nextInt(), "mentions",
                        List.of("alice", "person-" + random.nextInt(PEOPLE))));
                if (random.nextInt(10) == 0) {
                    fields.put("everyone", true);
                }
                if (kind == 2) {
                    fields.putAll(Map.of("thread", known.get(random.nextInt(known.size())), "also", random.nextBoolean()));
                }
                yield "message.post";
            }
            case 3, 4 -> {
                fields.put("text", "edited " + random.nextInt());
                yield "message.edit";
            }
            case 5 -> "message.delete";
            case 6, 7 -> {
                fields.put("emoji", EMOJIS.get(random.nextInt(EMOJIS.size())));
                yield "reaction.add";
            }
            case 8 -> {
                fields.put("emoji", EMOJIS.get(random.nextInt(EMOJIS.size())));
                yield "reaction.remove";
            }
            case 9 -> random.nextBoolean() ? "message.pin" : "message.unpin";
            default -> {
                fields.putAll(Map.of("upto", known.get(random.nextInt(known.size())), "back", kind == 11));
                yield "read";
            }
        }, fields);
    }

    private long head(ChatClient person) {
        return person.asks("subscribe", Map.of("room", room, "last", 0)).ok().get("offset").longValue();
    }

    /** All messages as history shows them: those of the room, and the replies of each thread. */
    private List<JsonNode> reload(ChatClient client, List<JsonNode> expected) {
        Map<Long, JsonNode> all = new TreeMap<>();
        pages(client, Map.of(), all);
        expected.stream().filter(message -> message.has("thread")).map(message -> message.get("thread").longValue()).distinct()
                .forEach(root -> pages(client, Map.of("thread", root), all));
        return List.copyOf(all.values());
    }

    private void pages(ChatClient client, Map<String, ?> fields, Map<Long, JsonNode> into) {
        long after = 0;
        JsonNode page;
        do {
            Map<String, Object> asked = new HashMap<>(fields);
            asked.putAll(Map.of("room", room, "after", after, "limit", 100));
            page = client.asks("history", asked).ok();
            for (JsonNode message : page.get("messages")) {
                after = message.get("offset").longValue();
                into.put(after, withoutReader(message));
            }
        } while (page.get("more").booleanValue());
    }

    private static JsonNode withoutReader(JsonNode message) {
        message.path("reactions").forEach(reaction -> ((ObjectNode) reaction).remove("mine"));
        return message;
    }

    /** What one person has not read, as one connection was told. */
    private final class Numbers {
        private final String user;
        private final ChatClient socket;
        private JsonNode told;

        Numbers(String user, ChatClient socket) {
            this.user = user;
            this.socket = socket;
            told = mine(socket.asks("watch", Map.of()).ok());
        }

        private JsonNode mine(JsonNode rooms) {
            return rooms.get("rooms").valueStream().filter(one -> one.get("id").stringValue().equals(room)).findFirst().orElseThrow();
        }

        void agree(List<JsonNode> messages, Client elsewhere) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                socket.received().stream().filter(event -> event.get("type").stringValue().equals("activity")
                        && event.get("room").stringValue().equals(room)).forEach(event -> told = event);
                assertThat(numbers(told)).as("told to %s: %s", user, told).isEqualTo(recount(messages, told.get("read").longValue()));
                try (ChatClient another = elsewhere.connects()) {
                    assertThat(numbers(mine(another.asks("watch", Map.of()).ok()))).as("on the other instance").isEqualTo(numbers(told));
                    assertThat(numbers(another.asks("subscribe", Map.of("room", room)).ok())).isEqualTo(numbers(told));
                }
            });
        }

        private List<Long> numbers(JsonNode seen) {
            return List.of(seen.get("read").longValue(), seen.get("unread").longValue(), seen.get("mentions").longValue());
        }

        private List<Long> recount(List<JsonNode> messages, long read) {
            List<JsonNode> unread = messages.stream().filter(message -> message.get("offset").longValue() > read && !message.has("deleted")
                    && !message.at("/by/id").stringValue().equals(user)).toList();
            return List.of(read, unread.stream().filter(message -> !message.has("thread") || message.has("also")).count(),
                    unread.stream().filter(message -> concerns(message, messages)).count());
        }

        private boolean concerns(JsonNode message, List<JsonNode> messages) {
            long root = message.path("thread").longValue(0);
            return message.has("everyone") || message.path("mentions").valueStream().anyMatch(id -> id.stringValue().equals(user))
                    || root > 0 && messages.stream().anyMatch(other -> other.at("/by/id").stringValue().equals(user)
                            && (other.get("offset").longValue() == root
                                    || other.path("thread").longValue(0) == root && !other.has("deleted")));
        }
    }

    /** A person who is away from time to time and resumes by position. */
    private final class Absent {
        private final Client client;
        private String epoch;
        private RoomFold fold;
        private ChatClient socket;
        private int absences;

        Absent(Client client, String epoch, long offset) {
            this.client = client;
            this.epoch = epoch;
            this.fold = new RoomFold(offset);
        }

        void isHere() {
            if (socket == null) {
                socket = client.connects();
                JsonNode ok = socket.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", fold.offset()))).ok();
                assertThat(ok.get("recovered").booleanValue()).as("resumed").isTrue();
                epoch = ok.get("epoch").stringValue();
            }
        }

        void listens() {
            fold.apply(socket.received());
        }

        void isAway() {
            if (socket != null) {
                close();
                socket = null;
                absences++;
            }
        }

        void close() {
            // What arrived before the end of the connection is applied; the rest is missed.
            fold.apply(socket.received());
            socket.disconnectsAbruptly();
        }
    }

    /** A user on one of the instances. */
    private record Client(Instance instance, String user) {

        ChatClient connects() {
            return ChatClient.withToken(token(), instance.socket("/ws"));
        }

        ChatClient joins(String room) {
            return connects().joins(room);
        }

        void post(String path, Map<String, ?> body) {
            assertThat(send(path, body, "Bearer " + token())).as(path).doesNotContain("\"title\"");
        }

        private String token() {
            return Json.read(send("/dev/token", Map.of("user", user, "groups", List.of("parley-admin")), "Bearer -")).get("token")
                    .stringValue();
        }

        private String send(String path, Map<String, ?> body, String authorization) {
            return HTTP.sendAsync(HttpRequest.newBuilder(URI.create(instance.base() + path)).header("Content-Type", "application/json")
                    .header("Authorization", authorization).POST(BodyPublishers.ofString(Json.text(body))).build(), BodyHandlers.ofString())
                    .orTimeout(30, TimeUnit.SECONDS).join().body();
        }
    }
}
