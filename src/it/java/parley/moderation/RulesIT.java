package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Reply;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Rules about texts: what they refuse, hold and report, in which rooms, and what moderators do with messages that wait. */
class RulesIT {

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String word = "w" + mark;
    private final Http alices = Http.of("alice");
    private final Http bobs = Http.of("bob");
    private final Http administrator = Http.withToken(Tokens.of("moderator", "Moderator", "parley-admin"));
    private final String room = alices.createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob").joins(room);

    @Test
    void refusesRulesThatAreNone() {
        assertThat(add(alices, "word", "*", "block").problem()).isEqualTo("bad_request");
        assertThat(add(alices, "word", "a.*b", "block").problem()).isEqualTo("bad_request");
        assertThat(add(alices, "word", word, "allow").problem()).isEqualTo("bad_request");
        assertThat(add(alices, "word", word, "delete").problem()).isEqualTo("bad_request");
        assertThat(add(alices, "host", word, "block").problem()).isEqualTo("bad_request");
        assertThat(add(alices, "word", "x".repeat(Rule.LONGEST + 1), "block").problem()).isEqualTo("bad_request");
        assertThat(add(bobs, "word", word, "block").problem()).isEqualTo("forbidden");
        add(alices, "word", word, "block").json(201);
        assertThat(add(alices, "word", word.toUpperCase(Locale.ROOT), "flag").problem()).as("the same word").isEqualTo("conflict");
        assertThat(alices.delete("/api/rooms/" + room + "/rules/none").status()).isEqualTo(404);
        String direct = alices.put("/api/direct", Map.of("users", List.of("bob"))).json().get("id").stringValue();
        assertThat(alices.post("/api/rooms/" + direct + "/rules", Map.of("kind", "word", "pattern", word, "action", "block")).problem())
                .isEqualTo("forbidden");
    }

    @Test
    void aRoomHasABoundedNumberOfRules() {
        for (int i = 0; i < Rules.MOST_OF_ROOM; i++) {
            add(alices, "word", word + i + "x", "block").json(201);
        }
        assertThat(add(alices, "word", word, "block").problem()).isEqualTo("conflict");
        assertThat(post(bob, room, "one " + word + "99x").refusal()).isEqualTo("refused_text");
    }

    @Test
    void blocksWhateverTheWayIn() {
        String other = alices.createsRoom();
        String rule = add(alices, "word", word, "block").json(201).get("id").stringValue();
        add(alices, "link", "bad.example", "block").json(201);
        Reply refused = post(bob, room, "see " + word.toUpperCase(Locale.ROOT) + "!");
        assertThat(refused.refusal()).isEqualTo("refused_text");
        assertThat(refused.error().get("message").stringValue()).doesNotContain(word);
        assertThat(post(alice, room, "the owner says " + word).refusal()).isEqualTo("refused_text");
        assertThat(post(bob, room, "https://www.bad.example/").refusal()).isEqualTo("refused_text");
        assertThat(post(alice, other, word).offset()).as("another room").isPositive();

        long message = bob.posts("fine");
        assertThat(edit(message, "now " + word).refusal()).isEqualTo("refused_text");
        edit(message, "now fine").ok();
        Map<String, Object> command = Map.of("id", 1, "type", "message.post", "room", room, "key", "k", "text", word);
        assertThat(bobs.post("/api/commands", command).json(200).at("/error/code").stringValue()).isEqualTo("refused_text");
        String hook = alices.post("/api/rooms/" + room + "/incoming-hooks", Map.of("name", "CI")).json(201).get("url").stringValue();
        assertThat(sends(hook, word).problem()).isEqualTo("refused_text");
        assertThat(sends(hook, word).status()).isEqualTo(422);

        assertThat(alices.delete("/api/rooms/" + room + "/rules/" + rule).status()).isEqualTo(204);
        assertThat(post(bob, room, word).offset()).as("without the rule").isPositive();
        assertThat(administrator.get("/api/administration/audit?room=" + room).json(200).get("entries").valueStream()
                .map(entry -> entry.get("action").stringValue())).contains("rule.added", "rule.removed");
    }

    @Test
    void rulesOfTheInstallationHoldInAllRooms() {
        Map<String, Object> body = Map.of("kind", "word", "pattern", word, "action", "block");
        assertThat(alices.post("/api/administration/rules", body).problem()).isEqualTo("forbidden");
        String rule = administrator.post("/api/administration/rules", body).json(201).get("id").stringValue();
        try {
            assertThat(post(bob, room, word).refusal()).isEqualTo("refused_text");
            String direct = alices.put("/api/direct", Map.of("users", List.of("bob"))).json().get("id").stringValue();
            assertThat(post(alice, direct, word).refusal()).isEqualTo("refused_text");
        } finally {
            assertThat(administrator.delete("/api/administration/rules/" + rule).status()).isEqualTo(204);
        }
        assertThat(post(bob, room, word).offset()).isPositive();
    }

    @Test
    void reportsWhatItFlags() {
        add(alices, "word", word, "flag").json(201);
        long message = bob.posts("about " + word);
        alice.receives(Expected.posted("about " + word));
        assertThat(reports()).singleElement().satisfies(report -> {
            assertThat(report.get("message").longValue()).isEqualTo(message);
            assertThat(report.get("text").stringValue()).isEqualTo("about " + word);
            assertThat(report.get("rule").stringValue()).isEqualTo(word);
            assertThat(report.get("author").get("id").stringValue()).isEqualTo("bob");
        });
        edit(message, "again " + word).ok();
        assertThat(reports()).as("a message is reported once").hasSize(1);
        long other = bob.posts("harmless");
        edit(other, "no longer " + word).ok();
        assertThat(reports()).hasSize(2);
        String id = reports().getLast().get("id").stringValue();
        alices.post("/api/reports/" + id + "/resolve", Map.of("act", "delete")).json(200);
        assertThat(reports()).hasSize(1);
    }

    @Test
    void holdsAMessageUntilAModeratorApprovesIt() {
        add(alices, "word", word, "hold").json(201);
        Map<String, Object> command = Map.of("room", room, "key", "held-" + mark, "text", "please " + word);
        Reply held = bob.asks("message.post", command);
        assertThat(held.ok().get("held").booleanValue()).isTrue();
        assertThat(List.of(held.ok().get("offset").longValue(), held.ok().get("duplicate").booleanValue())).isEqualTo(List.of(0L, false));
        assertThat(bob.asks("message.post", command).ok().get("duplicate").booleanValue()).as("again").isTrue();
        assertThat(own().get("state").stringValue()).isEqualTo("waiting");
        assertThat(waiting(bobs)).as("a member").isEmpty();

        JsonNode found = waiting(alices).getFirst();
        assertThat(waiting(alices)).hasSize(1);
        assertThat(alices.get("/api/approvals").json(200).get("messages").get(0)).as("of all rooms").isEqualTo(found);
        assertThat(List.of(found.get("text").stringValue(), found.get("pattern").stringValue(), found.at("/author/id").stringValue()))
                .containsExactly("please " + word, word, "bob");
        String id = found.get("id").stringValue();
        assertThat(bobs.post("/api/approvals/" + id + "/approve", Map.of()).status()).isEqualTo(404);
        long offset = alices.post("/api/approvals/" + id + "/approve", Map.of()).json(200).get("offset").longValue();
        assertThat(administrator.post("/api/approvals/" + id + "/approve", Map.of()).status()).isEqualTo(404);
        JsonNode posted = alice.receives(Expected.posted("please " + word));
        assertThat(List.of(posted.get("offset").longValue(), posted.get("by").get("id").stringValue(), posted.get("key").stringValue()))
                .isEqualTo(List.of(offset, "bob", "held-" + mark));
        assertThat(bob.asks("message.post", command).offset()).as("again, once it is in the log").isEqualTo(offset);
        assertThat(own().get("state").stringValue()).isEqualTo("approved");
        assertThat(own().has("text")).isFalse();
        assertThat(waiting(alices)).isEmpty();
        assertThat(administrator.get("/api/administration/audit?room=" + room).json(200).get("entries").valueStream()
                .filter(entry -> entry.get("action").stringValue().equals("message.approved"))).singleElement()
                .satisfies(entry -> assertThat(entry.get("actor").stringValue()).isEqualTo("alice"));
        bob.posts("last");
        assertThat(alice.receivesUpTo(Expected.posted("last"))).noneMatch(event -> event.path("text").asString("").contains(word));
    }

    @Test
    void aRefusedOrExpiredMessageIsNeverPosted() {
        add(alices, "word", word, "hold").json(201);
        post(bob, room, "first " + word).ok();
        String id = waiting(alices).getFirst().get("id").stringValue();
        assertThat(alices.post("/api/approvals/" + id + "/refuse", Map.of()).status()).isEqualTo(204);
        assertThat(alices.post("/api/approvals/" + id + "/approve", Map.of()).status()).isEqualTo(404);
        JsonNode refused = own();
        assertThat(refused.get("state").stringValue()).isEqualTo("refused");
        assertThat(refused.has("text")).isFalse();
        String key = refused.get("key").stringValue();
        assertThat(bob.asks("message.post", Map.of("room", room, "key", key, "text", "first " + word)).refusal())
                .as("its key again").isEqualTo("refused_text");

        post(bob, room, "second " + word).ok();
        alices.patch("/api/rooms/" + room, Map.of("retention", "none")).json(200);
        assertThat(post(bob, room, "third " + word).refusal()).as("nothing is stored").isEqualTo("refused_text");
        administrator.post("/api/administration/retention", Map.of()).json(200);
        assertThat(own().get("state").stringValue()).isEqualTo("expired");
        assertThat(waiting(alices)).isEmpty();
        bob.posts("last");
        assertThat(alice.receivesUpTo(Expected.posted("last"))).noneMatch(event -> event.path("text").asString("").contains(word));
    }

    @Test
    void aBoundedNumberOfMessagesOfAPersonWaits() {
        add(alices, "word", word, "hold").json(201);
        String hook = alices.post("/api/rooms/" + room + "/incoming-hooks", Map.of("name", "CI")).json(201).get("url").stringValue();
        HttpAnswer held = sends(hook, word);
        assertThat(List.of(held.status(), held.body())).isEqualTo(List.of(202, "held"));
        for (int i = 0; i < 10; i++) {
            post(bob, room, word + " " + i).ok();
        }
        assertThat(post(bob, room, word).refusal()).isEqualTo("conflict");
        assertThat(waiting(alices)).hasSize(11);
        assertThat(alices.setsRole(room, "bob", "moderator").status()).isEqualTo(204);
        assertThat(waiting(bobs)).as("only those of others").hasSize(1);
        assertThat(bobs.get("/api/rooms/" + room + "/rules").json(200).get("rules")).hasSize(1);
        assertThat(alices.delete("/api/rooms/" + room).status()).isEqualTo(204);
        assertThat(waiting(administrator)).as("a closed room").isEmpty();
        assertThat(own().has("room")).isFalse();
    }

    private HttpAnswer add(Http by, String kind, String pattern, String action) {
        return by.post("/api/rooms/" + room + "/rules", Map.of("kind", kind, "pattern", pattern, "action", action));
    }

    private static Reply post(ChatClient by, String room, String text) {
        return by.asks("message.post", new HashMap<>(Map.of("room", room, "text", text, "key", UUID.randomUUID().toString())));
    }

    private Reply edit(long message, String text) {
        return bob.asks("message.edit", Map.of("room", room, "message", message, "text", text));
    }

    private static HttpAnswer sends(String hook, String text) {
        return Http.anonymous().send(HttpRequest.newBuilder(URI.create(hook)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}")));
    }

    private List<JsonNode> reports() {
        return alices.get("/api/reports?limit=100").json(200).get("reports").valueStream()
                .filter(report -> report.get("room").stringValue().equals(room)).toList();
    }

    private List<JsonNode> waiting(Http by) {
        return by.get("/api/approvals?limit=100&room=" + room).json(200).get("messages").valueStream().toList();
    }

    // Bob's last message of this room that a rule held.
    private JsonNode own() {
        return bobs.get("/api/me/approvals").json(200).get("messages").valueStream()
                .filter(message -> message.get("room").stringValue().equals(room)).findFirst()
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }
}
