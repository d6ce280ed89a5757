package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.joined;
import static parley.kit.Expected.left;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.unsubscribed;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Json;
import tools.jackson.databind.JsonNode;

/** {@code room.join} and {@code room.leave}. */
class MembershipIT {

    private final String room = Http.of("alice").makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");

    @ParameterizedTest
    @ValueSource(strings = {"room.join", "room.leave"})
    void refusesARoomThatDoesNotExist(String command) {
        assertThat(bob.asks(command, Map.of("room", "no-such-room")).refusal()).isEqualTo("not_found");
    }

    @Test
    void tellsEveryoneWhoJoined() {
        long offset = bob.asks("room.join", Map.of("room", room)).offset();

        JsonNode event = alice.receives(joined("bob"));
        assertThat(event.get("offset").longValue()).isEqualTo(offset);
        assertThat(event.get("user")).isEqualTo(Json.read("{\"id\":\"bob\",\"name\":\"Bob\"}"));
        assertThat(event.get("role").stringValue()).isEqualTo("member");
        assertThat(event.at("/by/id").stringValue()).isEqualTo("bob");
    }

    @Test
    void tellsEveryoneWhoLeft() {
        bob.asks("room.join", Map.of("room", room)).ok();

        long offset = bob.asks("room.leave", Map.of("room", room)).offset();

        JsonNode event = alice.receives(left("bob"));
        assertThat(event.get("offset").longValue()).isEqualTo(offset);
        assertThat(event.get("user")).isEqualTo(Json.read("{\"id\":\"bob\",\"name\":\"Bob\"}"));
    }

    @Test
    void joiningWhereOneIsAMemberMakesNoEvent() {
        long offset = bob.asks("room.join", Map.of("room", room)).offset();

        assertThat(bob.asks("room.join", Map.of("room", room)).offset()).isEqualTo(offset);
        assertThat(alice.posts("next")).isEqualTo(offset + 1);
        assertThat(alice.receivesUpTo(posted("next"))).filteredOn(joined("bob").matches()).hasSize(1);
    }

    @Test
    void leavingWhereOneIsNoMemberMakesNoEvent() {
        long offset = alice.posts("before");

        assertThat(bob.asks("room.leave", Map.of("room", room)).offset()).isEqualTo(offset);
        assertThat(alice.posts("after")).isEqualTo(offset + 1);
        assertThat(alice.receivesUpTo(posted("after"))).noneMatch(left("bob").matches());
    }

    @Test
    void nobodyIsRemovedByThoseWhoMayNot() {
        bob.joins(room);

        assertThat(Http.of("bob").removes(room, "alice").problem()).isEqualTo("forbidden");
        assertThat(Http.of("carol").removes(Http.of("alice").makesPrivateRoom(), "alice").problem()).isEqualTo("not_found");
    }

    @Test
    void whoWasRemovedHearsNothingMore() {
        bob.joins(room);

        assertThat(Http.of("alice").removes(room, "bob").status()).isEqualTo(204);

        assertThat(alice.receives(left("bob")).at("/by/id").stringValue()).isEqualTo("alice");
        assertThat(bob.receives(unsubscribed(room)).get("resubscribe").booleanValue()).isFalse();
        alice.posts("about bob");
        assertThat(bob.receivedSoFar()).noneMatch(posted("about bob").matches());
        assertThat(Http.of("alice").removes(room, "bob").status()).as("again").isEqualTo(204);
    }

    @Test
    void whoLeftAPublicRoomStillListensButNoLongerPosts() {
        bob.joins(room);
        bob.asks("room.leave", Map.of("room", room)).ok();

        assertThat(bob.posts("anyone?", "a-key").refusal()).isEqualTo("forbidden");
        alice.posts("still heard");
        bob.receives(posted("still heard"));
    }

    @Test
    void whoLeftAPrivateRoomHearsNothingMoreAndFindsItGone() {
        String hidden = Http.of("alice").makesPrivateRoom();
        alice.joins(hidden);

        alice.asks("room.leave", Map.of("room", hidden)).ok();

        JsonNode end = alice.receives(unsubscribed(hidden));
        assertThat(end.get("code").stringValue()).isEqualTo("forbidden");
        assertThat(end.get("resubscribe").booleanValue()).isFalse();
        assertThat(alice.asks("subscribe", Map.of("room", hidden)).refusal()).isEqualTo("not_found");
        assertThat(alice.posts("anyone?", "a-key").refusal()).isEqualTo("not_found");
    }
}
