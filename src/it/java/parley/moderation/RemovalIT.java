package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Reply;
import parley.kit.RoomFold;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All messages of a person disappear from all rooms, and come back as they were. {@code -Dparley.trial=long} removes 5,000 messages in 40
 * rooms; the times are printed.
 */
class RemovalIT {

    private static final boolean LONG = System.getProperty("parley.trial", "short").equals("long");
    private static final int ROOMS = LONG ? 40 : 4;
    private static final int IN_EACH = LONG ? 125 : 12;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String PATH = "/api/administration/removals";

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String spammer = "spammer-" + mark;
    private final Http spammers = Http.of(spammer);
    private final Http administrator = Http.withToken(Tokens.of("moderator", "Moderator", "parley-admin"));
    private final Http alices = Http.of("alice");
    private final List<String> rooms = IntStream.range(0, ROOMS).mapToObj(n -> alices.createsRoom()).toList();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice");
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");
    @AutoClose
    private final ChatClient author = ChatClient.of(spammer);

    @Test
    void refusesWhatIsNoRemoval() {
        assertThat(start(Map.of("user", "moderator")).problem()).isEqualTo("forbidden");
        assertThat(start(Map.of("user", spammer, "from", "2026-03-02T00:00:00Z", "to", "2026-03-02T00:00:00Z")).problem())
                .isEqualTo("bad_request");
        assertThat(start(Map.of("user", spammer, "rooms", List.of("no/room"))).problem()).isEqualTo("bad_request");
        assertThat(start(Map.of("user", spammer, "until", "x")).problem()).isEqualTo("bad_request");
        assertThat(administrator.post(PATH + "/none/undo", Map.of()).status()).isEqualTo(404);
        assertThat(alices.post(PATH, Map.of("user", spammer)).status()).isEqualTo(403);
    }

    @Test
    void removesOnlyWhatTheAdministratorNamed() {
        rooms.forEach(author::joins);
        String room = rooms.getFirst();
        long before = post(author, room, Map.of("text", "before")).offset();
        Instant from = Instant.parse(read(room, before).get("at").stringValue()).plusMillis(1);
        await().until(() -> Instant.now().isAfter(from));
        long named = post(author, room, Map.of("text", "named")).offset();
        long elsewhere = post(author, rooms.getLast(), Map.of("text", "elsewhere")).offset();
        alice.joins(room);
        long others = post(alice, room, Map.of("text", "another person's")).offset();

        JsonNode removed = removes(Map.of("user", spammer, "from", from.toString(), "rooms", List.of(room), "reason", "Spam"));
        assertThat(removed.get("removed").intValue()).isOne();
        assertThat(removed.get("reason").stringValue()).isEqualTo("Spam");
        assertThat(read(room, named).get("deleted").booleanValue()).isTrue();
        assertThat(List.of(read(room, before), read(room, others), read(rooms.getLast(), elsewhere)))
                .noneMatch(message -> message.has("deleted"));
    }

    @Test
    void everythingIsGoneAndComesBackAsItWas() {
        List<ChatClient> screens = List.of(alice, bob);
        rooms.forEach(room -> screens.forEach(screen -> screen.joins(room)));
        rooms.forEach(author::joins);
        String room = rooms.getFirst();
        Message rich = richMessage(room);
        post();
        Map<String, JsonNode> before = histories();
        JsonNode versions = alices.get(versionsOf(room, rich.edited)).json(200);
        screens.forEach(ChatClient::receivedSoFar);

        long start = System.nanoTime();
        String removal = start(Map.of("user", spammer)).json(202).get("id").stringValue();
        int all = ROOMS * IN_EACH + rich.count;
        screens.forEach(screen -> awaitDeletions(screen, all));
        Duration gone = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("Removed %,d messages in %d rooms: gone on two screens after %,d ms%n", all, ROOMS, gone.toMillis());
        assertThat(gone).isLessThan(SOON.plusSeconds(LONG ? 0 : 5));
        JsonNode removed = awaits(removal, "removed");
        assertThat(removed.get("removed").intValue()).isEqualTo(all);
        assertThat(histories().toString()).doesNotContain("message of " + mark);
        assertThat(alices.get(versionsOf(room, rich.edited)).status()).isEqualTo(404);
        assertThat(alices.get("/api/files/" + rich.file).status()).isEqualTo(404);
        assertThat(spammers.get("/api/files/" + rich.file).status()).isEqualTo(404);
        assertThat(alices.get("/api/rooms/" + room + "/files").json(200).get("files")).isEmpty();

        long again = System.nanoTime();
        administrator.post(PATH + "/" + removal + "/undo", Map.of()).json(202);
        JsonNode restored = awaits(removal, "restored");
        System.out.printf("Restored %,d messages after %,d ms%n", all, (System.nanoTime() - again) / 1_000_000);
        assertThat(restored.get("restored").intValue()).isEqualTo(all);
        assertThat(histories()).isEqualTo(before);
        assertThat(alices.get(versionsOf(room, rich.edited)).json(200)).isEqualTo(versions);
        assertThat(alices.get("/api/files/" + rich.file).body()).isEqualTo("bytes of " + mark);
        assertThat(administrator.post(PATH + "/" + removal + "/undo", Map.of()).problem()).isEqualTo("conflict");

        JsonNode history = history(room);
        List<JsonNode> folded = folded(room);
        assertThat(folded.subList(folded.size() - history.size(), folded.size())).as("what a client that was away folds")
                .isEqualTo(history.valueStream().map(RemovalIT::toEveryone).toList());
        administrator.post("/api/administration/rooms/" + room + "/rebuild", Map.of()).json(200);
        assertThat(history(room)).as("after a rebuild").isEqualTo(history);
        assertThat(audited()).containsExactly("messages.restored", "messages.removed");

        ask(author, "message.delete", room, Map.of("message", rich.edited)).ok();
        assertThat(alices.get("/api/rooms/" + room + "/messages?limit=100").body()).doesNotContain("edited message of " + mark);
        assertThat(events(room).toString()).as("a later deletion is final").doesNotContain("edited message of " + mark);
    }

    /** Offsets and ids of what the first room has. */
    private record Message(long edited, String file, int count) {}

    private Message richMessage(String room) {
        long root = post(author, room, Map.of("text", "root message of " + mark, "mentions", List.of("bob"))).offset();
        post(alice, room, Map.of("text", "a reply", "thread", root));
        long reply = post(author, room, Map.of("text", "reply message of " + mark, "thread", root)).offset();
        long edited = post(author, room, Map.of("text", "first message of " + mark)).offset();
        ask(author, "message.edit", room, Map.of("message", edited, "text", "second message of " + mark)).ok();
        ask(author, "message.edit", room, Map.of("message", edited, "text", "edited message of " + mark, "mentions", List.of("alice")))
                .ok();
        for (ChatClient person : List.of(alice, bob)) {
            ask(person, "reaction.add", room, Map.of("message", edited, "emoji", "👍")).ok();
        }
        ask(bob, "reaction.add", room, Map.of("message", reply, "emoji", "🎉")).ok();
        ask(alice, "message.pin", room, Map.of("message", edited)).ok();
        String file = spammers.send(HttpRequest.newBuilder(Server.at("/api/rooms/" + room + "/files?name=a.txt"))
                .POST(HttpRequest.BodyPublishers.ofString("bytes of " + mark))).json(201).get("id").stringValue();
        post(author, room, Map.of("text", "", "files", List.of(file)));
        return new Message(edited, file, 4);
    }

    private void post() {
        for (String room : rooms) {
            List<CompletableFuture<Reply>> sent = new ArrayList<>();
            for (int i = 0; i < IN_EACH; i++) {
                sent.add(author.sends("message.post", Map.of("room", room, "key", UUID.randomUUID().toString(), "text",
                        "message of " + mark + " " + i)));
            }
            sent.forEach(reply -> reply.join().ok());
        }
    }

    private static Reply post(ChatClient by, String room, Map<String, Object> fields) {
        Reply reply = ask(by, "message.post", room, withKey(fields));
        reply.ok();
        return reply;
    }

    private static Map<String, Object> withKey(Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("key", UUID.randomUUID().toString());
        return all;
    }

    private static Reply ask(ChatClient by, String type, String room, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("room", room);
        return by.asks(type, all);
    }

    private static void awaitDeletions(ChatClient screen, int count) {
        for (int i = 0; i < count; i++) {
            screen.receives(Expected.ofType("message.deleted"));
        }
    }

    private HttpAnswer start(Map<String, Object> body) {
        return administrator.post(PATH, body);
    }

    private JsonNode removes(Map<String, Object> body) {
        return awaits(start(body).json(202).get("id").stringValue(), "removed");
    }

    private JsonNode awaits(String removal, String state) {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50)).until(() ->
                administrator.get(PATH + "/" + removal).json(200).get("state").stringValue().equals(state));
        return administrator.get(PATH + "/" + removal).json(200);
    }

    private JsonNode read(String room, long message) {
        return alices.get("/api/rooms/" + room + "/messages/" + message).json(200);
    }

    private static String versionsOf(String room, long message) {
        return "/api/rooms/" + room + "/messages/" + message + "/versions";
    }

    private Map<String, JsonNode> histories() {
        Map<String, JsonNode> histories = new LinkedHashMap<>();
        rooms.forEach(room -> histories.put(room, history(room)));
        return histories;
    }

    // Without what only the reader of a history is told.
    private static JsonNode toEveryone(JsonNode message) {
        JsonNode same = message.deepCopy();
        same.path("reactions").valueStream().forEach(reaction -> ((ObjectNode) reaction).remove("mine"));
        return same;
    }

    private JsonNode history(String room) {
        return alices.get("/api/rooms/" + room + "/messages?limit=100").json(200).get("messages");
    }

    private List<JsonNode> events(String room) {
        try (ChatClient late = ChatClient.of("carol")) {
            JsonNode at = late.subscribes(room);
            late.asks("unsubscribe", Map.of("room", room)).ok();
            late.received();
            late.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", at.get("epoch"), "offset", 0))).ok();
            return late.receivesLogged(at.get("offset").intValue());
        }
    }

    private List<JsonNode> folded(String room) {
        RoomFold fold = new RoomFold(0);
        fold.apply(events(room));
        return fold.messages().stream().filter(message -> !message.has("thread")).toList();
    }

    private List<String> audited() {
        return administrator.get("/api/administration/audit?actor=moderator&limit=1000").json(200).get("entries").valueStream()
                .filter(entry -> entry.path("subject").asString("").equals(spammer))
                .map(entry -> entry.get("action").stringValue()).toList();
    }
}
