package parley.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Nobody in a room destroys evidence: what a hold covers stays readable for administrators, and for nobody else. */
class HoldsIT {

    private static final String HOLDS = "/api/administration/holds";
    private static final Http ADMINISTRATOR = Http.withToken(Tokens.of("administrator", "Administrator", "parley-admin"));

    private final Http alice = Http.of("alice");
    private final Http carol = Http.of("carol");
    private final Http bob = Http.of("bob");
    private final String room = alice.createsRoom();
    private String hold;

    private String holds(Map<String, ?> scope) {
        Map<String, Object> body = new HashMap<>(scope);
        body.put("name", "Case " + room);
        hold = ADMINISTRATOR.post(HOLDS, body).json(201).get("id").stringValue();
        return hold;
    }

    @AfterEach
    void release() {
        if (hold != null) {
            ADMINISTRATOR.delete(HOLDS + "/" + hold);
        }
    }

    private static Map<String, Object> in(String room, Object... fields) {
        Map<String, Object> all = new HashMap<>(Map.of("room", room));
        for (int i = 0; i < fields.length; i += 2) {
            all.put((String) fields[i], fields[i + 1]);
        }
        return all;
    }

    private static long posts(ChatClient client, String room, String text, String... files) {
        return client.asks("message.post", in(room, "key", UUID.randomUUID().toString(), "text", text, "files", List.of(files))).offset();
    }

    private static JsonNode content(String hold, String query) {
        return ADMINISTRATOR.get(HOLDS + "/" + hold + "/content" + query).json(200);
    }

    private List<String> texts() {
        return content(hold, "").get("events").valueStream().map(held -> held.at("/event/text").asString("")).toList();
    }

    private static String upload(Http by, String room) {
        return by.postText("/api/rooms/" + room + "/files?name=plan.txt", "\"the plan\"").json(201).get("id").stringValue();
    }

    @Test
    void refusesAHoldThatSaysNothingOrNamesNobody() {
        assertThat(ADMINISTRATOR.post(HOLDS, Map.of("name", "x")).problem()).isEqualTo("bad_request");
        assertThat(ADMINISTRATOR.post(HOLDS, Map.of("rooms", List.of(room))).problem()).isEqualTo("bad_request");
        assertThat(ADMINISTRATOR.post(HOLDS, Map.of("name", "x", "people", List.of("nobody-" + room))).problem()).isEqualTo("not_found");
        assertThat(ADMINISTRATOR.post(HOLDS, Map.of("name", "x", "rooms", List.of("no-such-room"))).problem()).isEqualTo("not_found");
        String time = "2030-01-02T00:00:00Z";
        assertThat(ADMINISTRATOR.post(HOLDS, Map.of("name", "x", "from", time, "until", time)).problem()).isEqualTo("bad_request");
        assertThat(ADMINISTRATOR.post(HOLDS, Map.of("name", "x", "query", "merger")).problem()).isEqualTo("bad_request");
        holds(Map.of("rooms", List.of(room)));
        assertThat(ADMINISTRATOR.get(HOLDS + "/" + hold + "/content?after=1").problem()).isEqualTo("bad_request");
        assertThat(bob.get(HOLDS + "/" + hold + "/content").problem()).isEqualTo("forbidden");
    }

    @Test
    void nobodyDestroysEvidenceInAHeldRoom() {
        alice.setsRole(room, "carol", "moderator");
        alice.setsRole(room, "bob", "member");
        holds(Map.of("rooms", List.of(room)));
        try (ChatClient member = ChatClient.of("bob"); ChatClient moderator = ChatClient.of("carol");
                ChatClient owner = ChatClient.of("alice");
                ChatClient administrator = ChatClient.withToken(Tokens.of("administrator", "Administrator", "parley-admin"))) {
            String file = upload(bob, room);
            long edited = posts(member, room, "written by bob", file);
            long[] messages = {posts(member, room, "for the member"), posts(member, room, "for the moderator"),
                posts(member, room, "for the owner"), posts(member, room, "for the administrator")};
            long kept = posts(member, room, "for the retention");
            // The member: an edit that takes the file away, a deletion, leaving.
            member.asks("message.edit", in(room, "message", edited, "text", "edited by bob", "files", List.of())).ok();
            member.asks("message.delete", in(room, "message", edited)).ok();
            member.asks("message.delete", in(room, "message", messages[0])).ok();
            member.asks("room.leave", in(room)).ok();
            moderator.asks("message.delete", in(room, "message", messages[1])).ok();
            owner.asks("message.delete", in(room, "message", messages[2])).ok();
            administrator.asks("message.delete", in(room, "message", messages[3])).ok();
            assertThat(alice.get("/api/rooms/" + room + "/messages/" + edited).json(200).has("text")).isFalse();
            assertThat(alice.get("/api/files/" + file).status()).isEqualTo(404);
            assertThat(bob.get("/api/files/" + file).status()).isEqualTo(404);
            assertThat(ADMINISTRATOR.get("/api/files/" + file).status()).isEqualTo(404);
            // The owner: no retention at all, and closing the room.
            alice.patch("/api/rooms/" + room, Map.of("retention", "none")).json(200);
            ADMINISTRATOR.post("/api/administration/retention", Map.of()).json(200);
            assertThat(alice.get("/api/rooms/" + room + "/messages/" + kept).problem()).isEqualTo("not_found");
            assertThat(alice.delete("/api/rooms/" + room).status()).isEqualTo(204);
            assertThat(ADMINISTRATOR.get(HOLDS + "/" + hold + "/files/" + file).body()).isEqualTo("\"the plan\"");
        }
        assertThat(texts()).contains("written by bob", "edited by bob", "for the member", "for the moderator", "for the owner",
                "for the administrator", "for the retention");
    }

    @Test
    void closingARoomKeepsItsFiles() {
        holds(Map.of("rooms", List.of(room)));
        String file = upload(alice, room);
        try (ChatClient owner = ChatClient.of("alice")) {
            posts(owner, room, "with a file", file);
        }
        assertThat(alice.delete("/api/rooms/" + room).status()).isEqualTo(204);
        assertThat(alice.get("/api/files/" + file).status()).isEqualTo(404);
        // A sweep takes the files of closed rooms away.
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(texts()).containsExactly("with a file"));
        assertThat(ADMINISTRATOR.get(HOLDS + "/" + hold + "/files/" + file).body()).isEqualTo("\"the plan\"");
    }

    @Test
    void aHoldOnAPersonCoversDirectRoomsAndNobodyElse() {
        String person = "held-" + UUID.randomUUID();
        Http.of(person).get("/api/me");
        holds(Map.of("people", List.of(person)));
        String direct = alice.put("/api/direct", Map.of("users", List.of(person))).json(201).get("id").stringValue();
        try (ChatClient held = ChatClient.of(person); ChatClient other = ChatClient.of("alice")) {
            held.asks("message.delete", in(direct, "message", posts(held, direct, "from the held person"))).ok();
            other.asks("message.delete", in(direct, "message", posts(other, direct, "from the other one"))).ok();
        }
        assertThat(texts()).containsExactly("from the held person");
        JsonNode event = content(hold, "").get("events").get(0);
        assertThat(event.get("reason").stringValue()).isEqualTo("deleted");
        assertThat(event.get("removedBy").stringValue()).isEqualTo(person);
        assertThat(event.get("room").stringValue()).isEqualTo(direct);
    }

    @Test
    void aHoldOnWordsIsReadInPagesUntilItsRelease() {
        String word = "merger-" + room;
        holds(Map.of("words", List.of(word), "rooms", List.of(room), "from", "2020-01-01T00:00:00Z"));
        try (ChatClient client = ChatClient.of("bob").joins(room)) {
            for (String text : List.of("First " + word, "lunch", "Second " + word.toUpperCase(Locale.ROOT), "Third " + word)) {
                client.asks("message.delete", in(room, "message", posts(client, room, text))).ok();
            }
        }
        JsonNode first = content(hold, "?limit=2");
        assertThat(first.get("more").booleanValue()).isTrue();
        JsonNode rest = content(hold, "?limit=2&after=" + first.get("next").stringValue());
        assertThat(rest.get("more").booleanValue()).isFalse();
        assertThat(List.of(first, rest)).flatExtracting(page -> page.get("events").valueStream()
                        .map(held -> held.at("/event/text").stringValue().replaceAll(" .*", "")).collect(Collectors.toList()))
                .containsExactly("First", "Second", "Third");
        assertThat(ADMINISTRATOR.get(HOLDS + "/" + hold).json(200).get("kept").intValue()).isEqualTo(3);
        assertThat(ADMINISTRATOR.delete(HOLDS + "/" + hold).status()).isEqualTo(204);
        assertThat(ADMINISTRATOR.delete(HOLDS + "/" + hold).problem()).isEqualTo("not_found");
        assertThat(ADMINISTRATOR.get(HOLDS + "/" + hold + "/content").problem()).isEqualTo("not_found");
        JsonNode listed = ADMINISTRATOR.get(HOLDS + "?limit=1").json(200).get("holds").get(0);
        assertThat(listed.at("/releasedBy/id").stringValue()).isEqualTo("administrator");
        assertThat(ADMINISTRATOR.get("/api/administration/audit?room=" + room).json(200).get("entries").valueStream()
                .map(entry -> entry.get("action").stringValue()).filter(action -> action.startsWith("hold.")).toList())
                .containsExactly("hold.released", "hold.read", "hold.content.read", "hold.content.read", "hold.made");
    }

    @Test
    void withoutAHoldNothingIsKept() {
        holds(Map.of("rooms", List.of(alice.createsRoom())));
        try (ChatClient client = ChatClient.of("carol").joins(room)) {
            client.asks("message.delete", in(room, "message", posts(client, room, "not held"))).ok();
        }
        assertThat(carol.get("/api/rooms/" + room).status()).isEqualTo(200);
        assertThat(texts()).isEmpty();
    }
}
