package parley.people;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Direct rooms: the same people always have the same room, and nobody else knows it. */
class DirectRoomsIT {

    // People of this test only.
    private final String one = "person-1-" + UUID.randomUUID();
    private final String two = "person-2-" + UUID.randomUUID();
    private final Http first = Http.of(one);
    private final Http second = Http.of(two);

    @BeforeEach
    void signIn() {
        Stream.of(one, two, "carol").forEach(Tokens::signIn);
    }

    @Test
    void thePeopleHaveOneRoomWithoutAName() {
        JsonNode opened = open(first, two).json(201);
        assertThat(open(second, one).json(200).get("id")).isEqualTo(opened.get("id"));
        assertThat(opened.has("name")).isFalse();
        assertThat(opened.get("kind").stringValue()).isEqualTo("direct");
        assertThat(opened.get("role").stringValue()).isEqualTo("member");
        assertThat(opened.get("people").valueStream().map(user -> user.get("id").stringValue())).containsExactly(one, two);

        String room = opened.get("id").stringValue();
        for (Http person : List.of(first, second)) {
            JsonNode listed = person.get("/api/rooms?after=direct").json(200).get("rooms").valueStream()
                    .filter(entry -> entry.get("id").stringValue().equals(room)).findFirst().orElseThrow();
            assertThat(listed.get("people")).isEqualTo(opened.get("people"));
            assertThat(person.get("/api/rooms/" + room).json(200).get("people")).isEqualTo(opened.get("people"));
        }
        assertThat(open(first, two, "carol").json(201).get("id")).isNotEqualTo(opened.get("id"));
    }

    @Test
    void whoWatchesGetsItWithItsPeople() {
        try (ChatClient other = ChatClient.of(two)) {
            assertThat(other.asks("watch", Map.of()).ok().get("rooms")).isEmpty();
            JsonNode opened = open(first, two).json(201);
            JsonNode added = other.receives(roomAdded(opened.get("id").stringValue()));
            assertThat(added.at("/room/people")).isEqualTo(opened.get("people"));
            assertThat(added.at("/room/name").isMissingNode()).isTrue();
            assertThat(other.asks("watch", Map.of()).ok().at("/rooms/0/people")).isEqualTo(opened.get("people"));
        }
    }

    @Test
    void ofManyRequestsAtOnceOneOpensIt() {
        List<CompletableFuture<HttpAnswer>> asked = IntStream.range(0, 8).mapToObj(n ->
                CompletableFuture.supplyAsync(() -> n % 2 == 0 ? open(first, two) : open(second, one))).toList();
        List<HttpAnswer> answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(HttpAnswer::status)).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(answers.stream().map(answer -> answer.json().get("id").stringValue()).distinct()).hasSize(1);
    }

    @Test
    void itDoesNotExistForAThirdPerson() {
        String room = open(first, two).json(201).get("id").stringValue();
        for (Http third : List.of(Http.of("carol"), Http.withToken(Tokens.of("carol", "Carol", "parley-admin")))) {
            List<HttpAnswer> answers = new ArrayList<>();
            for (String path : List.of("", "/members", "/messages", "/bans")) {
                answers.add(third.get("/api/rooms/" + room + path));
            }
            answers.add(third.setsRole(room, "carol", "member"));
            answers.add(third.removes(room, two));
            answers.add(third.bans(room, two));
            answers.add(third.patch("/api/rooms/" + room, Map.of("topic", "t")));
            answers.add(third.delete("/api/rooms/" + room));
            assertThat(answers).allSatisfy(answer -> assertThat(answer.problem()).isEqualTo("not_found"));
            assertThat(third.get("/api/rooms?after=direct").body()).doesNotContain(room);
        }
        try (ChatClient carol = ChatClient.of("carol")) {
            for (String command : List.of("subscribe", "history", "room.join", "room.leave")) {
                assertThat(carol.asks(command, Map.of("room", room)).refusal()).as(command).isEqualTo("not_found");
            }
            assertThat(carol.asks("message.post", Map.of("room", room, "key", "k", "text", "t")).refusal()).isEqualTo("not_found");
        }
        assertThat(first.post("/api/rooms", Map.of("id", room, "name", "Mine")).problem()).isEqualTo("bad_request");
        assertThat(first.post("/api/rooms", Map.of("name", "Mine", "kind", "direct")).problem()).isEqualTo("bad_request");
    }

    @Test
    void itsPeopleWriteAndNeverChange() {
        String room = open(first, two).json(201).get("id").stringValue();
        try (ChatClient author = ChatClient.of(one); ChatClient reader = ChatClient.of(two)) {
            reader.subscribes(room);
            author.subscribes(room);
            long message = author.posts("between us");
            reader.receives(posted("between us"));
            reader.asks("reaction.add", Map.of("room", room, "message", message, "emoji", "\ud83d\udc4d")).ok();
            author.asks("message.edit", Map.of("room", room, "message", message, "text", "between us two")).ok();
            assertThat(reader.asks("message.delete", Map.of("room", room, "message", message)).refusal()).isEqualTo("forbidden");
            assertThat(reader.asks("room.leave", Map.of("room", room)).refusal()).isEqualTo("forbidden");
        }
        for (HttpAnswer answer : List.of(first.setsRole(room, "carol", "member"), first.setsRole(room, two, "owner"),
                first.removes(room, two), first.removes(room, one), first.bans(room, two),
                first.patch("/api/rooms/" + room, Map.of("name", "Ours")), first.delete("/api/rooms/" + room))) {
            assertThat(answer.problem()).isEqualTo("forbidden");
        }
        assertThat(first.get("/api/rooms/" + room).json(200).get("members").intValue()).isEqualTo(2);
    }

    @Test
    void aBlockedPersonsMessagesAreRefused() {
        String room = open(first, two).json(201).get("id").stringValue();
        String three = open(first, two, "carol").json(201).get("id").stringValue();
        try (ChatClient blocked = ChatClient.of(one); ChatClient blocking = ChatClient.of(two)) {
            blocking.subscribes(room);
            blocked.subscribes(room);
            long message = blocked.posts("before");
            second.put("/api/me/blocks", Map.of("user", one));

            assertThat(blocked.posts("after", "after").refusal()).isEqualTo("forbidden");
            assertThat(blocked.asks("message.edit", Map.of("room", room, "message", message, "text", "after")).refusal())
                    .isEqualTo("forbidden");
            assertThat(blocked.asks("typing", Map.of("room", room, "on", true)).refusal()).isEqualTo("forbidden");
            assertThat(blocking.receivedSoFar()).noneMatch(event -> event.path("type").asString("").equals("typing"));
            blocking.asks("typing", Map.of("room", room, "on", true)).ok();
            blocking.posts("from the one who blocks");
            blocked.asks("message.delete", Map.of("room", room, "message", message)).ok();
            blocked.asks("message.post", Map.of("room", three, "key", "k", "text", "to three")).ok();

            second.delete("/api/me/blocks?user=" + one);
            blocked.posts("again");
            blocking.receives(posted("again"));
        }
    }

    @Test
    void aRequestNamesOneToEightOthers() {
        List<String> nine = IntStream.range(0, 9).mapToObj(n -> "person-" + n).toList();
        for (List<String> users : List.of(List.<String>of(), nine, List.of(one), List.of(two, one), List.of("\u200b"))) {
            assertThat(first.put("/api/direct", Map.of("users", users)).problem()).as("%s", users).isEqualTo("bad_request");
        }
        assertThat(first.put("/api/direct", Map.of()).problem()).isEqualTo("bad_request");
        assertThat(first.put("/api/direct", Map.of("users", List.of(two), "name", "Ours")).problem()).isEqualTo("bad_request");
    }

    private static Expected roomAdded(String room) {
        return new Expected("room.added of " + room, event -> event.path("type").asString("").equals("room.added")
                && event.at("/room/id").asString("").equals(room));
    }

    private static HttpAnswer open(Http by, String... users) {
        return by.put("/api/direct", Map.of("users", List.of(users)));
    }
}
