package parley.people;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.renamed;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.Tokens;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/** The directory, profiles, new names, blocks, and the end of a person's access. */
class PeopleIT {

    private static final Duration PROMISE = Duration.ofSeconds(5);
    private static final String ACCESS = "/api/administration/people/access";

    private final Http alice = Http.of("alice");
    private final Http carol = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
    // A person of this test only.
    private final String person = "person-" + UUID.randomUUID();

    @Test
    void nobodyExistsBeforeTheFirstSignIn() {
        String room = alice.createsRoom();
        List<HttpAnswer> answers = List.of(
                alice.put("/api/rooms/" + room + "/members", Map.of("user", person, "role", "member")),
                alice.put("/api/rooms/" + room + "/bans", Map.of("user", person)),
                alice.put("/api/rooms/" + room + "/mutes", Map.of("user", person, "for", 60)),
                alice.put("/api/direct", Map.of("users", List.of("bob", person))), alice.put("/api/me/blocks", Map.of("user", person)),
                carol.put(ACCESS, Map.of("user", person, "allowed", false)), alice.get("/api/people/one?id=" + person));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.problem()).isEqualTo("not_found");
            assertThat(answer.json().toString()).contains("There is no such person.");
        });
        assertThat(found(person)).isEmpty();
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
    void theEndOfAccessDoesNotWaitForRenames() throws SQLException {
        Tokens.signIn(person);
        try (ChatClient client = ChatClient.withToken(Tokens.of(person)); Connection renaming = TestServer.databaseConnection();
             Statement sql = renaming.createStatement()) {
            renaming.setAutoCommit(false);
            // As a transaction that renames and does not end.
            sql.executeUpdate("update person_head set log_position = log_position + 1 where id = 1");
            Instant start = Instant.now();
            assertThat(carol.put(ACCESS, Map.of("user", person, "allowed", false)).status()).isEqualTo(204);
            assertThat(client.closeCode()).isEqualTo(4001);
            assertThat(Duration.between(start, Instant.now())).isLessThan(PROMISE);
            renaming.rollback();
        } finally {
            carol.put(ACCESS, Map.of("user", person, "allowed", true));
        }
    }

    @Test
    void aSignInPutsAPersonIntoTheDirectory() {
        String name = "Zo\u00eb Person " + person.substring(7, 15);
        try (ChatClient client = ChatClient.withToken(Tokens.withPicture(person, name, "https://idp.example/a.png"))) {
            // The same instance invites at once; the directory follows.
            assertThat(alice.put("/api/rooms/" + alice.createsRoom() + "/members", Map.of("user", person, "role", "member")).status())
                    .isEqualTo(204);
            client.asks("ping", Map.of()).ok();
        }
        Http.withToken(Tokens.withPicture(person, name, "https://idp.example/a.png")).get("/api/me").json(200);
        String word = person.substring(7, 15);
        for (String query : List.of("zoe " + word.substring(0, 5), "PERSON-" + person.substring(7, 30), word + " zo")) {
            JsonNode one = found(query).getFirst();
            assertThat(one.get("id").stringValue()).as(query).isEqualTo(person);
            assertThat(one.get("name").stringValue()).isEqualTo(name);
            assertThat(one.get("picture").stringValue()).isEqualTo("https://idp.example/a.png");
            assertThat(one.get("availability").stringValue()).isEqualTo("auto");
        }
        assertThat(found("zoe nobody")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://idp.example/a.png", "javascript:alert(1)", "https://user@idp.example/a", "https:", "\u0000", "//x"})
    void onlyAnHttpsPictureIsShown(String picture) {
        Http them = Http.withToken(Tokens.withPicture(person, "Person", picture));
        assertThat(them.get("/api/me").json(200).has("picture")).isFalse();
    }

    @Test
    void pagesGoByIdAndHaveABound() {
        for (String id : List.of("1", "2", "3")) {
            Http.of(person + id).get("/api/me").json(200);
        }
        JsonNode first = alice.get("/api/people?limit=2&query=" + person).json(200);
        assertThat(first.get("more").booleanValue()).isTrue();
        JsonNode next = alice.get("/api/people?limit=2&query=" + person + "&after=" + person + "2").json(200);
        assertThat(next.get("people")).hasSize(1);
        assertThat(next.get("more").booleanValue()).isFalse();
        assertThat(alice.get("/api/people?limit=101").problem()).isEqualTo("bad_request");
        assertThat(alice.get("/api/people?query=" + "a".repeat(101)).problem()).isEqualTo("bad_request");
    }

    @Test
    void aProfileIsSeenByOthersWithoutWhatIsPrivate() {
        Http them = Http.of(person);
        String until = Instant.now().plusSeconds(3_600).toString();
        JsonNode own = them.patch("/api/me", Json.read("""
                {"status":{"text":"At lunch","emoji":"\ud83c\udf5c","until":"%s"},"availability":"busy","receipts":false,
                 "quiet":{"from":"20:00","to":"07:00","zone":"Europe/Berlin"},"keywords":["release"]}""".formatted(until))).json(200);
        assertThat(own.get("receipts").booleanValue()).isFalse();
        assertThat(own.get("quiet")).isEqualTo(Json.read("{\"from\":\"20:00\",\"to\":\"07:00\",\"zone\":\"Europe/Berlin\"}"));
        assertThat(own.get("keywords")).isEqualTo(Json.read("[\"release\"]"));
        assertThat(them.get("/api/me").json(200)).isEqualTo(own);

        JsonNode seen = alice.get("/api/people/one?id=" + person).json(200);
        assertThat(seen.at("/status/text").stringValue()).isEqualTo("At lunch");
        assertThat(seen.get("availability").stringValue()).isEqualTo("busy");
        assertThat(seen.propertyNames()).doesNotContain("quiet", "keywords", "receipts");

        JsonNode cleared = them.patch("/api/me", Json.read("{\"status\":null,\"quiet\":null,\"keywords\":[]}")).json(200);
        assertThat(cleared.propertyNames()).doesNotContain("status", "quiet");
        assertThat(them.patch("/api/me", Map.of("availability", "here")).problem()).isEqualTo("bad_request");
    }

    @Test
    void aNewNameShowsEverywhereAtOnce() {
        String room = alice.createsPrivateRoom();
        alice.setsRole(room, person, "member");
        try (ChatClient reader = ChatClient.of("alice"); ChatClient author = ChatClient.of(person)) {
            reader.subscribes(room);
            author.subscribes(room);
            author.posts("a message");
            Http.withToken(Tokens.of(person, "New Name")).get("/api/me").json(200);
            reader.receives(renamed(person, "New Name"));
        }
        assertThat(alice.get("/api/rooms/" + room + "/members").json(200).get("members").valueStream()
                .map(member -> member.at("/user/name").stringValue())).contains("New Name");
        assertThat(alice.get("/api/rooms/" + room + "/messages").json(200).at("/messages/0/by/name").stringValue()).isEqualTo("New Name");
        assertThat(found("new " + "name")).anyMatch(one -> one.get("id").stringValue().equals(person));
    }

    @Test
    void aRestrictionLastsForSeconds() {
        String room = alice.createsRoom();
        Http.of(person).get("/api/me").json(200);
        assertThat(alice.put("/api/rooms/" + room + "/bans", Map.of("user", person, "for", 3_600)).status()).isEqualTo(204);
        Instant until = Instant.parse(alice.get("/api/rooms/" + room + "/bans").json(200).at("/bans/0/until").stringValue());
        assertThat(until).isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_600));
        for (Map<String, ?> wrong : List.of(Map.of("user", person, "for", 0), Map.of("user", person, "for", "1h"),
                Map.of("user", person, "for", 60, "until", until.toString()))) {
            assertThat(alice.put("/api/rooms/" + room + "/bans", wrong).problem()).isEqualTo("bad_request");
            assertThat(alice.put("/api/rooms/" + room + "/mutes", wrong).problem()).isEqualTo("bad_request");
        }
    }

    @Test
    void blocksAreListedAndEnded() {
        Http them = Http.of(person);
        Tokens.signIn("bob");
        assertThat(them.put("/api/me/blocks", Map.of("user", "bob")).status()).isEqualTo(204);
        assertThat(them.put("/api/me/blocks", Map.of("user", "bob")).status()).isEqualTo(204);
        assertThat(them.put("/api/me/blocks", Map.of("user", person)).problem()).isEqualTo("bad_request");
        assertThat(them.get("/api/me/blocks").json(200).get("blocks").valueStream().map(one -> one.get("id").stringValue()))
                .containsExactly("bob");
        assertThat(them.delete("/api/me/blocks?user=bob").status()).isEqualTo(204);
        assertThat(them.get("/api/me/blocks").json(200).get("blocks")).isEmpty();
        assertThat(audited(person)).containsExactly("person.unblocked", "person.blocked");
    }

    @Test
    void anAdministratorEndsAPersonsAccess() {
        String token = Tokens.of(person);
        try (ChatClient client = ChatClient.withToken(token)) {
            long start = System.nanoTime();
            assertThat(carol.put(ACCESS, Map.of("user", person, "allowed", false)).status()).isEqualTo(204);
            assertThat(client.closeCode()).isEqualTo(4001);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMISE);
        }
        assertThat(Handshake.withToken(token).refused().status()).isEqualTo(403);
        assertThat(Http.withToken(token).get("/api/rooms").problem()).isEqualTo("forbidden");
        assertThat(carol.put(ACCESS, Map.of("user", "carol", "allowed", false)).problem()).isEqualTo("forbidden");
        assertThat(alice.put(ACCESS, Map.of("user", person, "allowed", true)).problem()).isEqualTo("forbidden");

        assertThat(carol.put(ACCESS, Map.of("user", person, "allowed", true)).status()).isEqualTo(204);
        try (ChatClient again = ChatClient.withToken(token)) {
            again.asks("ping", Map.of()).ok();
        }
        JsonNode entries = carol.get("/api/administration/audit?actor=carol").json(200).get("entries");
        assertThat(entries.valueStream().filter(entry -> entry.path("subject").asString("").equals(person))
                .map(entry -> entry.get("action").stringValue() + " " + entry.get("detail").stringValue()))
                .containsExactly("person.access allowed=true", "person.access allowed=false");
    }

    private List<String> audited(String actor) {
        return carol.get("/api/administration/audit?actor=" + actor).json(200).get("entries").valueStream()
                .map(entry -> entry.get("action").stringValue()).toList();
    }

    private List<JsonNode> found(String query) {
        return alice.get("/api/people?query=" + Http.escaped(query)).json(200).get("people").valueStream().toList();
    }
}
