package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.unsubscribed;
import static parley.kit.Expected.updated;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** User ids are free text of the issuer. Every id works like any other, and an action on one never affects another. */
class UserIdsIT {

    private static final String ACCESS = "/api/administration/people/access";
    private static final Http ADMINISTRATOR = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));

    static Stream<String> ids() {
        return Stream.of("f:0b2c1d7e-11aa-4c5d-9b0e-6f1c2d3e4f50:anna", "urn:user:7", "https://idp.example/u/1?a=b#c", "DOMAIN\\anna",
                "corp/anna",
                "..", ".", "%2e%2e", "a;b", "a b", "a+b", "a?b#c", "auth0|1", "uid=anna,ou=people,o=example", "*", "''--", "{user}",
                        "\"a\"",
                "members", "u".repeat(201), "u".repeat(255), "\ud83d\ude00".repeat(127), "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
                        "M\u00fcller", "\u738b");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyActionAffectsOnlyTheUserOfThisId(String id) {
        Http alice = Http.of("alice");
        String room = alice.createsPrivateRoom();
        assertThat(alice.setsRole(room, "bob", "member").status()).isEqualTo(204);
        // The display name of a user without a name is the id.
        Http them = Http.withToken(Tokens.withoutName(id));
        assertThat(alice.setsRole(room, id, "member").status()).isEqualTo(204);
        try (ChatClient theirs = ChatClient.withToken(Tokens.withoutName(id)); ChatClient bobs = ChatClient.of("bob")) {
            bobs.joins(room);
            theirs.joins(room);
            theirs.posts("from them");
            JsonNode seen = bobs.receives(posted("from them"));
            assertThat(seen.at("/by/id").stringValue()).isEqualTo(id);
            assertThat(members(alice, room)).containsExactlyInAnyOrder("alice", "bob", id);
            assertThat(them.post("/api/tickets", Map.of()).status()).isEqualTo(200);

            assertThat(alice.mutes(room, id, Instant.now().plusSeconds(600)).status()).isEqualTo(204);
            assertThat(theirs.posts("while muted", "muted").refusal()).isEqualTo("forbidden");
            bobs.posts("not muted");
            assertThat(alice.liftsMute(room, id).status()).isEqualTo(204);
            theirs.posts("after the mute");
            writeInADocument(them, theirs, bobs, room, id);

            assertThat(alice.setsRole(room, id, "moderator").status()).isEqualTo(204);
            assertThat(them.mutes(room, "bob", Instant.now().plusSeconds(600)).status()).isEqualTo(204);
            assertThat(them.liftsMute(room, "bob").status()).isEqualTo(204);

            assertThat(alice.removes(room, id).status()).isEqualTo(204);
            theirs.receives(unsubscribed(room));
            assertThat(members(alice, room)).containsExactlyInAnyOrder("alice", "bob");

            assertThat(alice.bans(room, id).status()).isEqualTo(204);
            assertThat(alice.get("/api/rooms/" + room + "/bans").json(200).get("bans").get(0).at("/user/id").stringValue()).isEqualTo(id);
            assertThat(alice.setsRole(room, id, "member").problem()).isEqualTo("conflict");
            assertThat(alice.liftsBan(room, id).status()).isEqualTo(204);
            assertThat(alice.get("/api/rooms/" + room + "/bans").json(200).get("bans")).isEmpty();
            bobs.posts("and bob is still here");

            assertThat(alice.get("/api/people/one?id=" + Http.escaped(id)).json(200).get("id").stringValue()).isEqualTo(id);
            writeDirectly(alice, theirs, id);
            end(id, theirs);
            bobs.posts("and bob stays signed in");
        }
        assertThat(ADMINISTRATOR.put(ACCESS, Map.of("user", id, "allowed", true)).status()).isEqualTo(204);
        assertThat(alice.get("/api/rooms/" + room).json(200).get("members").intValue()).isEqualTo(2);
    }

    private static void writeInADocument(Http them, ChatClient theirs, ChatClient bobs, String room, String id) {
        String document = them.createsDocument(room, "Theirs");
        bobs.asks("document.open", Map.of("room", room, "document", document)).ok();
        theirs.asks("document.update", Map.of("room", room, "document", document, "key", "k", "update", "AQE=")).ok();
        assertThat(bobs.receives(updated(1)).at("/by/id").stringValue()).isEqualTo(id);
        JsonNode listed = them.get("/api/rooms/" + room + "/documents").json(200);
        assertThat(listed.at("/documents/0/by/id").stringValue()).isEqualTo(id);
        JsonNode changes = them.get("/api/rooms/" + room + "/documents/" + document + "/changes").json(200);
        assertThat(changes.at("/changes/0/by/id").stringValue()).isEqualTo(id);
    }

    private static void writeDirectly(Http alice, ChatClient theirs, String id) {
        HttpAnswer opened = alice.put("/api/direct", Map.of("users", List.of(id)));
        assertThat(opened.status()).isIn(200, 201);
        assertThat(opened.json().get("people").valueStream().map(one -> one.get("id").stringValue()))
                .containsExactlyInAnyOrder("alice", id);
        theirs.subscribes(opened.json().get("id").stringValue());
        assertThat(alice.put("/api/me/blocks", Map.of("user", id)).status()).isEqualTo(204);
        assertThat(theirs.posts("while blocked", "blocked").refusal()).isEqualTo("forbidden");
        assertThat(alice.delete("/api/me/blocks?user=" + Http.escaped(id)).status()).isEqualTo(204);
        theirs.posts("after the block");
    }

    private static void end(String id, ChatClient theirs) {
        assertThat(ADMINISTRATOR.put(ACCESS, Map.of("user", id, "allowed", false)).status()).isEqualTo(204);
        assertThat(theirs.closeCode()).isEqualTo(4001);
    }

    private static Stream<String> members(Http someone, String room) {
        return someone.get("/api/rooms/" + room + "/members").json(200).get("members").valueStream()
                .map(member -> member.at("/user/id").stringValue());
    }
}
