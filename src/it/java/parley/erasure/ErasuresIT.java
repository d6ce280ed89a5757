package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.client.Parley;
import parley.client.Position;
import parley.client.RoomEvent;
import parley.kit.Bot;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.RoomFold;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/** A person is erased: nothing names the person or has what the person wrote, except for holds, and everyone else sees the same. */
class ErasuresIT {

    private static final String PATH = "/api/administration/erasures";
    private static final Http ADMINISTRATOR = Http.withToken(Tokens.of("administrator", "Administrator", "parley-admin"));
    private static final boolean POSTGRESQL = System.getProperty("parley.db", "").equals("postgresql");
    /** Tables in which a hold keeps what it covers. */
    private static final Set<String> HELD = Set.of("held_event", "file_held", "hold_term", "legal_hold");

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String person = "gone:" + mark + "/..\\%2e";
    private final String name = "Gone İnci-" + mark;
    private final String secret = "planted" + mark;
    private final String token = Tokens.of(person, name);
    private final Http gone = Http.withToken(token);
    private final Http bobs = Http.of("bob");
    private final String room = bobs.createsRoom();
    private String hold;

    @AfterEach
    void release() {
        if (hold != null) {
            ADMINISTRATOR.delete("/api/administration/holds/" + hold);
        }
    }

    private static HttpAnswer start(Map<String, ?> body) {
        return ADMINISTRATOR.post(PATH, body);
    }

    private static JsonNode awaits(String erasure) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).until(() ->
                ADMINISTRATOR.get(PATH + "/" + erasure).json(200).get("state").stringValue().equals("done"));
        return ADMINISTRATOR.get(PATH + "/" + erasure).json(200);
    }

    private static Map<String, Object> in(String room, Object... fields) {
        Map<String, Object> all = new HashMap<>(Map.of("room", room));
        for (int i = 0; i < fields.length; i += 2) {
            all.put((String) fields[i], fields[i + 1]);
        }
        return all;
    }

    private static long posts(ChatClient client, String room, String text, Object... fields) {
        Map<String, Object> all = in(room, fields);
        all.put("text", text);
        all.put("key", UUID.randomUUID().toString());
        return client.asks("message.post", all).offset();
    }

    @Test
    void refusesWhomItCanNotErase() {
        Map<String, String> erase = Map.of("user", "nobody-" + mark, "mode", "erase");
        assertThat(bobs.post(PATH, erase).problem()).isEqualTo("forbidden");
        assertThat(bobs.get(PATH).problem()).isEqualTo("forbidden");
        assertThat(start(erase).problem()).isEqualTo("not_found");
        assertThat(start(Map.of("user", "administrator", "mode", "erase")).problem()).isEqualTo("forbidden");
        gone.get("/api/me").json(200);
        assertThat(start(Map.of("user", person)).problem()).isEqualTo("bad_request");
        assertThat(start(Map.of("user", person, "mode", "forget")).problem()).isEqualTo("bad_request");
        assertThat(start(Map.of("user", person, "mode", "erase", "words", List.of("ab"))).problem()).isEqualTo("bad_request");
        assertThat(start(Map.of("user", person, "mode", "erase", "documents", "some")).problem()).isEqualTo("bad_request");
        assertThat(start(Map.of("user", person, "mode", "erase", "until", "x")).problem()).isEqualTo("bad_request");
        assertThat(ADMINISTRATOR.get(PATH + "/none/report").status()).isEqualTo(404);
        assertThat(start(Map.of("user", Bot.named("Deploy").user(), "mode", "erase")).problem()).isEqualTo("conflict");
        assertThat(gone.get("/api/me").status()).as("nobody's access ended").isEqualTo(200);
    }

    @Test
    void nothingIsLeftOfAnErasedPersonButWhatAHoldKeeps() throws Exception {
        String held = bobs.createsRoom();
        hold = ADMINISTRATOR.post("/api/administration/holds", Map.of("name", "Case " + room, "rooms", List.of(held))).json(201).get("id")
                .stringValue();
        long[] offsets = writes(held);
        JsonNode before;
        RoomFold away = new RoomFold(0);
        try (ChatClient bob = ChatClient.of("bob")) {
            before = bob.subscribes(room);
            away.apply(events(room, 0, before.get("offset").longValue()));
        }
        assertThat(away.messages().toString()).contains(secret);
        Position stored = javaClientSees(before);

        JsonNode asked = start(Map.of("user", person, "mode", "erase", "words", List.of("Nickname" + mark), "reason",
                "By " + name)).json(202);
        assertThat(start(Map.of("user", person, "mode", "erase")).problem()).isEqualTo("conflict");
        assertThat(gone.get("/api/me").problem()).as("the access ends first").isEqualTo("forbidden");
        JsonNode done = awaits(asked.get("id").stringValue());
        assertThat(done.at("/removed/messages").longValue()).isGreaterThanOrEqualTo(5);
        assertThat(done.has("user") || done.has("salt")).as("%s", done).isFalse();
        assertThat(start(Map.of("user", person, "mode", "erase")).problem()).as("a second time").isEqualTo("conflict");
        assertThat(gone.get("/api/me").problem()).isEqualTo("forbidden");

        threeClientsConverge(before, away, stored, done.get("pseudonym").stringValue());
        assertThat(bobs.get("/api/rooms/" + room + "/messages/" + offsets[0]).json(200).get("deleted").booleanValue()).isTrue();
        assertThat(bobs.get("/api/rooms/" + room + "/messages/" + offsets[1]).json(200).get("text").stringValue())
                .isEqualTo("hello @Erased person, known as Erased person");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                assertThat(bobs.get("/api/search?q=" + secret).json(200).get("results")).isEmpty());
        assertThat(ADMINISTRATOR.get("/api/administration/holds/" + hold + "/content").body()).contains("held " + secret);
        assertThat(Server.log()).doesNotContain(person, name, secret);
        if (POSTGRESQL) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(tablesWith(person, name, secret, "Nickname" + mark))
                    .allSatisfy(table -> assertThat(HELD).contains(table)).contains("held_event"));
        }
        reportVerifies(asked, done);
    }

    // Everything that a person can leave behind. Returns the offsets of a message of the person and of one that mentions the person.
    private long[] writes(String held) {
        gone.patch("/api/me", Map.of("status", Map.of("text", "Away " + secret), "keywords", List.of(secret)));
        String direct = bobs.put("/api/direct", Map.of("users", List.of(person))).json(201).get("id").stringValue();
        long[] offsets = new long[2];
        try (ChatClient author = ChatClient.withToken(token); ChatClient bob = ChatClient.of("bob")) {
            List.of(room, held).forEach(author::joins);
            List.of(room, held, direct).forEach(bob::subscribes);
            offsets[0] = posts(author, room, "first " + secret);
            author.asks("message.edit", in(room, "message", offsets[0], "text", "edited " + secret)).ok();
            long thread = posts(bob, room, "a thread");
            posts(author, room, "reply " + secret, "thread", thread);
            author.asks("reaction.add", in(room, "message", thread, "emoji", "👍")).ok();
            offsets[1] = posts(bob, room, "hello @" + name + ", known as Nickname" + mark, "mentions", List.of(person));
            posts(bob, room, "ask " + name + " or " + person);
            bob.asks("reaction.add", in(room, "message", offsets[0], "emoji", "🎉")).ok();
            author.asks("message.delete", in(room, "message", posts(author, room, "deleted " + secret))).ok();
            posts(author, direct, "direct " + secret);
            posts(author, held, "held " + secret);
            String file = gone.postText("/api/rooms/" + room + "/files?name=" + secret + ".txt", "\"" + secret + "\"").json(201).get("id")
                    .stringValue();
            posts(author, room, "", "files", List.of(file));
            gone.postText("/api/rooms/" + room + "/files?name=left.txt", "\"left " + secret + "\"").json(201);
            String document = gone.createsDocument(room, "Plan " + secret);
            author.asks("document.open", in(room, "document", document)).ok();
            author.asks("document.update", in(room, "document", document, "key", "k1", "update",
                    Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)))).ok();
            author.asks("read", in(room, "upto", offsets[1])).ok();
        }
        gone.put("/api/me/drafts/" + room, Map.of("text", "draft " + secret));
        bobs.put("/api/me/drafts/" + room, Map.of("text", "to @" + name));
        gone.put("/api/me/blocks", Map.of("user", "carol"));
        gone.post("/api/rooms/" + room + "/scheduled", Map.of("id", "s" + mark, "at", Instant.now().plusSeconds(9_000).toString(), "text",
                "later " + secret)).json(201);
        gone.patch("/api/me/rooms/" + room, Map.of("section", secret));
        return offsets;
    }

    private static List<JsonNode> events(String room, long since, long upTo) {
        try (ChatClient late = ChatClient.of("bob")) {
            JsonNode at = late.subscribes(room);
            late.asks("unsubscribe", Map.of("room", room)).ok();
            late.received();
            late.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", at.get("epoch"), "offset", since))).ok();
            return late.receivesLogged((int) (upTo - since));
        }
    }

    private Position javaClientSees(JsonNode before) throws Exception {
        try (Parley parley = Parley.builder(Server.base()).tokens(() -> Tokens.of("bob")).connect()) {
            CompletableFuture<RoomEvent.Reset> first = new CompletableFuture<>();
            parley.room(room).listen(event -> {
                if (event instanceof RoomEvent.Reset reset) {
                    first.complete(reset);
                }
            });
            RoomEvent.Reset reset = first.get(10, TimeUnit.SECONDS);
            assertThat(reset.messages().toString()).contains(secret);
            assertThat(reset.position().offset()).isEqualTo(before.get("offset").longValue());
            return reset.position();
        }
    }

    // One resumes from where it was, one from the beginning, and the Java client from a stored position.
    private void threeClientsConverge(JsonNode before, RoomFold away, Position stored, String pseudonym) throws Exception {
        long since = before.get("offset").longValue();
        JsonNode now;
        List<JsonNode> missed;
        try (ChatClient bob = ChatClient.of("bob")) {
            JsonNode reply = bob.asks("subscribe", in(room, "since", Map.of("epoch", before.get("epoch"), "offset", since))).ok();
            assertThat(reply.get("recovered").booleanValue()).as("resumes are unharmed").isTrue();
            assertThat(reply.get("epoch")).isEqualTo(before.get("epoch"));
            missed = bob.receivesLogged((int) (reply.get("offset").longValue() - since));
        }
        away.apply(missed);
        assertThat(missed.getLast().get("type").stringValue()).isEqualTo("room.rewritten");
        try (ChatClient fresh = ChatClient.of("bob")) {
            now = fresh.asks("subscribe", in(room, "last", 50)).ok();
        }
        RoomFold all = new RoomFold(0);
        List<JsonNode> log = events(room, 0, now.get("offset").longValue());
        all.apply(log);
        assertThat(log.toString()).doesNotContain(person, name, secret, "Nickname" + mark).contains(pseudonym);
        assertThat(all.messages().stream().filter(message -> message.has("deleted")).map(message -> message.at("/by/id").stringValue()))
                .isNotEmpty().allMatch(pseudonym::equals);
        assertThat(away.offsets()).as("offsets stay").isEqualTo(all.offsets());
        // Who reloads at room.rewritten, as clients have to, sees what a new client sees.
        assertThat(inRoom(all)).isEqualTo(shown(now));
        assertThat(javaClientConverges(stored)).isEqualTo(shown(now));
    }

    private List<String> javaClientConverges(Position stored) throws Exception {
        List<String> types = new CopyOnWriteArrayList<>();
        CompletableFuture<RoomEvent.Reset> reset = new CompletableFuture<>();
        try (Parley parley = Parley.builder(Server.base()).tokens(() -> Tokens.of("bob")).connect()) {
            parley.room(room).resumeAfter(stored);
            parley.room(room).listen(event -> {
                switch (event) {
                    case RoomEvent.Changed changed -> types.add(changed.type());
                    case RoomEvent.Reset again -> reset.complete(again);
                    default -> { }
                }
            });
            RoomEvent.Reset again = reset.get(10, TimeUnit.SECONDS);
            assertThat(types).contains("message.deleted").last().isEqualTo("room.rewritten");
            return again.messages().stream().map(ErasuresIT::line).toList();
        }
    }

    private static List<String> shown(JsonNode subscribed) {
        return subscribed.get("messages").valueStream().map(ErasuresIT::line).toList();
    }

    private static List<String> inRoom(RoomFold fold) {
        return fold.messages().stream().filter(message -> !message.has("thread")).map(ErasuresIT::line).toList();
    }

    private static String line(JsonNode message) {
        return message.get("offset").longValue() + " " + message.at("/by/id").stringValue() + " " + message.at("/by/name").stringValue()
                + " " + message.path("text").asString("") + message.path("mentions") + message.path("deleted") + message.path("files");
    }

    // A row as text has all of its columns; bytes are in hexadecimal there.
    private static Set<String> tablesWith(String... needles) throws SQLException {
        Set<String> found = new TreeSet<>();
        List<String> all = new ArrayList<>();
        for (String needle : needles) {
            all.add(needle);
            all.add(needle.replace("\\", "\\\\"));
            all.add(HexFormat.of().formatHex(needle.getBytes(StandardCharsets.UTF_8)));
        }
        try (Connection database = TestServer.databaseConnection()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = database.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
                while (rows.next()) {
                    tables.add(rows.getString("TABLE_NAME"));
                }
            }
            assertThat(tables).hasSizeGreaterThan(60);
            for (String table : tables) {
                for (String needle : all) {
                    if (contains(database, table, needle)) {
                        found.add(table);
                    }
                }
            }
        }
        return found;
    }

    private static boolean contains(Connection database, String table, String needle) throws SQLException {
        try (PreparedStatement query = database.prepareStatement(
                "select 1 from \"" + table + "\" t where position(lower(?) in lower(t::text)) > 0 limit 1")) {
            query.setString(1, needle);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private void reportVerifies(JsonNode asked, JsonNode done) throws Exception {
        String file = ADMINISTRATOR.get(PATH + "/" + asked.get("id").stringValue() + "/report").body();
        assertThat(file).doesNotContain(person, name, secret, mark);
        String[] lines = file.split("\n");
        JsonNode signature = Json.read(lines[1]);
        assertThat(verifies(lines[0], signature)).isTrue();
        assertThat(verifies(lines[0].replaceFirst("\"messages\":\\d", "\"messages\":0"), signature)).as("a changed byte").isFalse();
        JsonNode report = Json.read(lines[0]);
        assertThat(report.get("pseudonym")).isEqualTo(done.get("pseudonym"));
        assertThat(report.get("removed")).isEqualTo(done.get("removed"));
        assertThat(report.at("/held/" + hold + "/events").longValue()).isPositive();
        assertThat(report.get("rooms").valueStream().map(JsonNode::stringValue)).contains(room);
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest((asked.get("salt").stringValue() + "\n" + person).getBytes(StandardCharsets.UTF_8));
        assertThat(report.get("person").stringValue()).as("who has the salt can prove whom it is about")
                .isEqualTo(HexFormat.of().formatHex(hash));
        JsonNode audit = ADMINISTRATOR.get("/api/administration/audit?subject=" + done.get("pseudonym").stringValue()).json(200);
        assertThat(audit.get("entries").valueStream().map(entry -> entry.get("action").stringValue()))
                .contains("erasure.started", "erasure.completed", "erasure.report");
    }

    private static boolean verifies(String line, JsonNode signed) throws Exception {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(signed.get("key").stringValue()))));
        signature.update(line.getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(signed.get("signature").stringValue()));
    }

    @Test
    void aPseudonymKeepsMessagesAndFilesAndTakesTheName() throws Exception {
        String file;
        long offset;
        long reply;
        try (ChatClient author = ChatClient.withToken(token); ChatClient bob = ChatClient.of("bob")) {
            author.joins(room);
            bob.subscribes(room);
            file = gone.postText("/api/rooms/" + room + "/files?name=plan.txt", "\"the plan\"").json(201).get("id").stringValue();
            offset = posts(author, room, "kept by " + name, "files", List.of(file));
            reply = posts(bob, room, "and a reply", "thread", offset);
            author.asks("reaction.add", in(room, "message", reply, "emoji", "👍")).ok();
        }
        JsonNode done = awaits(start(Map.of("user", person, "mode", "pseudonymise")).json(202).get("id").stringValue());
        String pseudonym = done.get("pseudonym").stringValue();
        JsonNode message = bobs.get("/api/rooms/" + room + "/messages/" + offset).json(200);
        assertThat(message.get("text").stringValue()).isEqualTo("kept by Erased person");
        assertThat(message.at("/by/id").stringValue()).isEqualTo(pseudonym);
        assertThat(message.at("/by/name").stringValue()).isEqualTo("Erased person");
        assertThat(message.at("/replies/by/0").stringValue()).isEqualTo("bob");
        assertThat(bobs.get("/api/files/" + file).body()).isEqualTo("\"the plan\"");
        assertThat(bobs.get("/api/rooms/" + room + "/messages/" + reply).json(200).at("/reactions/👍/by/0").stringValue())
                .isEqualTo(pseudonym);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(bobs.get("/api/search?q=kept&room=" + room).json(200)
                .at("/results/0/message/by/id").asString("")).isEqualTo(pseudonym));
        assertThat(bobs.get("/api/rooms/" + room + "/members").body()).doesNotContain(mark);
        if (POSTGRESQL) {
            assertThat(tablesWith(person, name)).isEmpty();
        }
        try (ChatClient bob = ChatClient.of("bob")) {
            bob.subscribes(room);
            bob.posts("life goes on");
            bob.receives(Expected.ofType("message.posted"));
        }
    }
}
