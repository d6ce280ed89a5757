package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import tools.jackson.databind.JsonNode;

/** To non-members, a private room is indistinguishable from a missing one: every command and request gets identical responses. */
class PrivateRoomsIT {

    private static final String NOWHERE = "no-such-room";

    private final String hidden = Http.of("alice").createsPrivateRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(hidden);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");
    private final Http bobsRequests = Http.of("bob");

    @BeforeEach
    void postAMessage() {
        alice.posts("between us");
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                Arguments.of("subscribe", Map.of()),
                Arguments.of("subscribe", Map.of("last", 10)),
                Arguments.of("subscribe", Map.of("since", Map.of("epoch", "e", "offset", 1))),
                Arguments.of("unsubscribe", Map.of()),
                Arguments.of("room.join", Map.of()),
                Arguments.of("room.leave", Map.of()),
                Arguments.of("message.post", Map.of("key", "k", "text", "t")),
                Arguments.of("message.post", Map.of("key", "k", "text", "t", "thread", 3)),
                Arguments.of("history", Map.of()),
                Arguments.of("history", Map.of("thread", 3, "after", 0)),
                Arguments.of("typing", Map.of("on", true)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void answersNonMembersCommandsAsIfTheRoomWereMissing(String type, Map<String, ?> fields) {
        JsonNode here = bob.asks(type, in(hidden, fields)).json();
        JsonNode nowhere = bob.asks(type, in(NOWHERE, fields)).json();

        assertThat(withoutId(here)).isEqualTo(withoutId(nowhere));
        assertThat(here.has("ok")).isEqualTo(type.equals("unsubscribe"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void answersFormerMembersCommandsAsIfTheRoomWereMissing(String type, Map<String, ?> fields) {
        alice.asks("room.leave", Map.of("room", hidden)).ok();

        assertThat(withoutId(alice.asks(type, in(hidden, fields)).json()))
                .isEqualTo(withoutId(alice.asks(type, in(NOWHERE, fields)).json()));
    }

    static Stream<String> requests() {
        return Stream.of("/api/rooms/%s", "/api/rooms/%s/members", "/api/rooms/%s/members?after=a&limit=1", "/api/rooms/%s/messages",
                "/api/rooms/%s/messages?limit=1&after=0", "/api/rooms/%s/messages?thread=3");
    }

    @ParameterizedTest
    @MethodSource("requests")
    void answersNonMembersRequestsAsIfTheRoomWereMissing(String path) {
        HttpAnswer here = bobsRequests.get(path.formatted(hidden));
        HttpAnswer nowhere = bobsRequests.get(path.formatted(NOWHERE));

        assertThat(here.status()).isEqualTo(404);
        assertThat(here.problem()).isEqualTo("not_found");
        assertThat(here.body()).isEqualTo(nowhere.body());
        assertThat(headersOf(here)).isEqualTo(headersOf(nowhere));
    }

    // The server ends a connection with "Connection: close" after a number of requests, whatever they ask for.
    private static Set<String> headersOf(HttpAnswer answer) {
        return answer.headers().keySet().stream().filter(name -> !name.equals("connection")).collect(Collectors.toSet());
    }

    @Test
    void isNotListedForNonMembers() {
        assertThat(bobsRequests.get("/api/rooms?after=" + before(hidden) + "&limit=1").json(200).toString()).doesNotContain(hidden);
        assertThat(Http.of("alice").get("/api/rooms?after=" + before(hidden) + "&limit=1").json(200).toString()).contains(hidden);
    }

    @Test
    void refusedCommandsOfNonMembersDoNotAffectMembers() {
        bob.asks("subscribe", Map.of("room", hidden)).error();
        bob.asks("room.join", Map.of("room", hidden)).error();
        alice.receivedSoFar();

        alice.posts("still between us");

        assertThat(alice.receivesUpTo(posted("still between us"))).filteredOn(event -> event.has("offset")).hasSize(1);
        assertThat(bob.receivedSoFar()).isEmpty();
    }

    private static Map<String, ?> in(String room, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("room", room);
        return all;
    }

    private static String withoutId(JsonNode reply) {
        return reply.toString().replaceFirst("\"re\":\\d+", "\"re\":0");
    }

    /** An id just below this one. */
    private static String before(String room) {
        return room.substring(0, room.length() - 1);
    }
}
