package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.ForgedToken;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Rooms, members, history, tickets and administration over HTTP. */
class RoomsIT {

    private final Http alice = Http.of("alice");
    private final Http bob = Http.of("bob");

    @ParameterizedTest
    @ValueSource(strings = {"/api/rooms", "/api/rooms/general", "/api/rooms/general/members", "/api/rooms/general/messages",
            "/api/nothing"})
    void aRequestWithoutATokenIsRefused(String path) {
        HttpAnswer answer = Http.anonymous().get(path);
        assertThat(answer.status()).isIn(401, 404);
        assertThat(answer.problem()).isIn("unauthorized", "not_found");
        if (answer.status() == 401) {
            assertThat(answer.header("WWW-Authenticate")).hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.y.z", "", "nonsense"})
    void aBrokenTokenIsRefused(String token) {
        assertUnauthorized(Http.withToken(token).get("/api/rooms"));
    }

    @Test
    void findsRoomsByAPartOfTheirName() {
        String word = UUID.randomUUID().toString();
        String id = Http.of("alice").post("/api/rooms", Map.of("name", "100% Plants_" + word)).json(201).get("id").stringValue();
        Http.of("alice").post("/api/rooms", Map.of("name", "Books " + word)).json(201);
        for (String text : List.of("PLANTS_" + word, "100%25 plants", "%25 plants_" + word)) {
            assertThat(all(Http.of("bob"), "/api/rooms?limit=100&query=" + text.replace(" ", "%20"), "rooms")).as(text)
                    .extracting(room -> room.get("id").stringValue()).contains(id);
        }
        for (String text : List.of("plants " + word, "100_ plants_" + word, "1%25" + word, word + "x")) {
            assertThat(all(Http.of("bob"), "/api/rooms?limit=100&query=" + text.replace(" ", "%20"), "rooms")).as(text).isEmpty();
        }
    }

    @Test
    void everyForgedTokenIsRefused() {
        for (ForgedToken forgery : ForgedToken.values()) {
            HttpAnswer answer = Http.withToken(forgery.token()).get("/api/rooms");
            assertThat(answer.status()).as(forgery.name()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{}", "{\"name\":7}", "{\"name\":\" \"}", "{\"name\":\"a\\u0000b\"}",
            "{\"name\":\"a\\nb\"}",
            "{\"name\":\"A\",\"id\":\"a/b\"}", "{\"name\":\"A\",\"kind\":\"secret\"}",
            "{\"name\":\"A\",\"retention\":\"soon\"}", "{\"name\":\"A\",\"retention\":\"0d\"}", "{\"name\":\"A\",\"retention\":\"36501d\"}",
            "{\"name\":\"A\",\"more\":1}", "{\"name\":\"A\",\"name\":\"B\"}",
            "{\"name\":\"\\u202eA\"}", "{\"name\":\"A\\u200bB\"}", "{\"name\":\"\\u0301A\"}", "{\"name\":\"\\u3164\"}"})
    void aRoomIsNotCreatedFromAnInvalidBody(String body) {
        HttpAnswer answer = alice.postText("/api/rooms", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad_request");
        assertThat(answer.body()).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void aRoomIdCanNotBeUsedTwice() {
        String room = alice.createsRoom();
        HttpAnswer again = bob.post("/api/rooms", Map.of("id", room, "name", "Mine"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("conflict");
    }

    @Test
    void aPublicRoomsNameCanNotLookLikeAnother() {
        String number = "" + System.nanoTime();
        alice.post("/api/rooms", Map.of("name", "Payroll " + number)).json(201);
        String other = alice.createsRoom();
        for (String alike : List.of("Payroll ", "PAYROLL ", "P\u0430yroll ", "Ｐａｙｒｏｌｌ ", "PayroIl ")) {
            assertThat(bob.post("/api/rooms", Map.of("name", alike + number)).problem()).isEqualTo("conflict");
            assertThat(alice.patch("/api/rooms/" + other, Map.of("name", alike + number)).problem()).isEqualTo("conflict");
        }
        assertThat(bob.post("/api/rooms", Map.of("name", "Payroll " + number, "kind", "private")).status()).isEqualTo(201);
    }

    @Test
    void ofManyRequestsForOneNameAtOnceOneSucceeds() {
        Map<String, String> room = Map.of("name", "Race " + System.nanoTime());
        List<CompletableFuture<Integer>> racers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> bob.post("/api/rooms", room)
                .status()))
                .limit(8).toList();
        assertThat(racers).extracting(CompletableFuture::join).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @Test
    void toAStrangerAPrivateRoomDoesNotExist() {
        String hidden = alice.createsPrivateRoom();
        for (String path : List.of("", "/members", "/messages")) {
            HttpAnswer there = bob.get("/api/rooms/" + hidden + path);
            HttpAnswer nowhere = bob.get("/api/rooms/" + UUID.randomUUID() + path);
            assertThat(there.status()).isEqualTo(404);
            assertThat(there.body()).isEqualTo(nowhere.body());
        }
        assertThat(all(bob, "/api/rooms?limit=100", "rooms")).noneMatch(room -> room.get("id").stringValue().equals(hidden));
        assertThat(all(alice, "/api/rooms?limit=100", "rooms")).anyMatch(room -> room.get("id").stringValue().equals(hidden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"before=0", "before=-1", "before=x", "after=-1", "before=5&after=5", "thread=0", "limit=x"})
    void invalidBoundsOfHistoryAreRefused(String query) {
        HttpAnswer answer = alice.get("/api/rooms/general/messages?" + query);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.problem()).isNotEmpty();
    }

    @Test
    void administrationIsForAdministrators() {
        String room = alice.createsRoom();
        for (String path : List.of("/api/administration/epoch", "/api/administration/retention", "/api/administration/rooms/" + room
                + "/epoch",
                "/api/administration/rooms/" + room + "/rebuild")) {
            assertThat(alice.post(path, Map.of()).problem()).isEqualTo("forbidden");
        }
    }

    @Test
    void aRoomIsCreatedReadAndListed() {
        HttpAnswer made = alice.post("/api/rooms", Map.of("name", "Plaza", "topic", "Sun"));
        JsonNode room = made.json(201);
        String id = room.get("id").stringValue();
        assertThat(made.header("Location")).hasValueSatisfying(location -> assertThat(location).endsWith("/parley/api/rooms/" + id));
        assertThat(room.get("role").stringValue()).isEqualTo("owner");
        JsonNode seen = bob.get("/api/rooms/" + id).json(200);
        assertThat(seen.get("name").stringValue()).isEqualTo("Plaza");
        assertThat(seen.get("topic").stringValue()).isEqualTo("Sun");
        assertThat(seen.get("kind").stringValue()).isEqualTo("public");
        assertThat(seen.get("role").stringValue()).isEqualTo("none");
        assertThat(seen.get("members").intValue()).isEqualTo(1);
        assertThat(seen.get("offset").longValue()).isEqualTo(2);
        assertThat(all(bob, "/api/rooms?limit=2", "rooms")).anyMatch(one -> one.get("id").stringValue().equals(id));
    }

    @Test
    void membersArePagedById() {
        String room = alice.createsRoom();
        try (ChatClient bobs = ChatClient.of("bob"); ChatClient carols = ChatClient.of("carol")) {
            bobs.joins(room);
            carols.asks("room.join", Map.of("room", room)).ok();
            List<JsonNode> members = all(alice, "/api/rooms/" + room + "/members?limit=1", "members");
            assertThat(members).extracting(member -> member.get("user").get("id").stringValue())
                    .containsExactly("alice", "bob", "carol");
            assertThat(members).extracting(member -> member.get("online").booleanValue()).containsExactly(false, true, false);
        }
    }

    @Test
    void historyOverHttpEqualsThatOfTheSocket() {
        String room = alice.createsRoom();
        try (ChatClient client = ChatClient.of("alice")) {
            client.joins(room);
            long first = client.posts("one");
            client.posts("two");
            JsonNode socket = client.asks("history", Map.of("room", room, "after", first)).ok();
            assertThat(alice.get("/api/rooms/" + room + "/messages?after=" + first).json(200)).isEqualTo(socket);
            assertThat(alice.get("/api/rooms/" + room + "/messages?limit=1").json(200).get("more").booleanValue()).isTrue();
        }
    }

    @Test
    void aTicketIsValidForHalfAMinute() {
        HttpAnswer answer = alice.post("/api/tickets", Map.of());
        JsonNode ticket = answer.json(200);
        assertThat(ticket.get("ticket").stringValue()).hasSizeGreaterThan(20);
        assertThat(Instant.parse(ticket.get("expires").stringValue())).isBetween(Instant.now(), Instant.now().plusSeconds(31));
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void afterANewEpochASubscriberLoadsTheRoomAgain() {
        String room = alice.createsRoom();
        Http administrator = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
        try (ChatClient client = ChatClient.of("alice")) {
            String before = client.subscribes(room).get("epoch").stringValue();
            assertThat(administrator.post("/api/administration/rooms/" + room + "/epoch", Map.of()).status()).isEqualTo(200);
            client.receives(new Expected("unsubscribed", event -> event.get("type").stringValue().equals("unsubscribed")
                    && event.get("resubscribe").booleanValue()));
            JsonNode after = client.asks("subscribe",
                    Map.of("room", room, "since", Map.of("epoch", before, "offset", 2))).ok();
            assertThat(after.get("recovered").booleanValue()).isFalse();
            assertThat(after.get("epoch").stringValue()).isNotEqualTo(before);
        }
    }

    @Test
    void aRoomIsRebuiltFromItsLog() {
        String room = alice.createsRoom();
        Http administrator = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
        assertThat(administrator.post("/api/administration/rooms/" + room + "/rebuild", Map.of()).json(200).get("done").longValue())
                .isEqualTo(2);
        assertThat(administrator.post("/api/administration/rooms/nowhere/rebuild", Map.of()).problem()).isEqualTo("not_found");
    }

    private static void assertUnauthorized(HttpAnswer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.problem()).isEqualTo("unauthorized");
        assertThat(answer.header("WWW-Authenticate")).isPresent();
    }

    // Reads all pages of a list.
    private static List<JsonNode> all(Http http, String firstPage, String name) {
        List<JsonNode> found = new ArrayList<>();
        JsonNode page = http.get(firstPage).json(200);
        found.addAll(page.get(name).valueStream().toList());
        while (page.get("more").booleanValue()) {
            JsonNode last = found.getLast();
            String after = last.has("id") ? last.get("id").stringValue() : last.get("user").get("id").stringValue();
            page = http.get(firstPage + "&after=" + after).json(200);
            found.addAll(page.get(name).valueStream().toList());
        }
        return found;
    }
}
