package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** What a room keeps of what is said in it, and what that means for those who come back. */
class RetentionIT {

    private final Http owner = Http.of("alice");
    private final String room = owner.makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");
    private final String epoch = alice.listensTo(room).get("epoch").stringValue();

    @Test
    void onlyItsOwnersAndAdministratorsSayHowLong() {
        assertThat(Http.of("bob").patch("/api/rooms/" + room, Map.of("retention", "none")).problem()).isEqualTo("forbidden");
        String hidden = owner.makesPrivateRoom();
        assertThat(Http.of("bob").patch("/api/rooms/" + hidden, Map.of("retention", "none")).problem()).isEqualTo("not_found");
        assertThat(Http.bearing(Tokens.of("carol", "Carol", "parley-admin")).patch("/api/rooms/" + room, Map.of("retention", "7d")).json(200)
                .get("retention").stringValue()).isEqualTo("7d");
    }

    @Test
    void whoeverListensIsToldOfTheChange() {
        bob.listensTo(room);
        JsonNode changed = owner.patch("/api/rooms/" + room, Map.of("name", "Square", "retention", "365d")).json(200);
        JsonNode event = bob.receivesLogged(1).getFirst();
        assertThat(event.get("type").stringValue()).isEqualTo("room.updated");
        assertThat(event.get("name").stringValue()).isEqualTo("Square");
        assertThat(event.get("retention").stringValue()).isEqualTo("365d");
        assertThat(event.get("offset")).isEqualTo(changed.get("offset"));
    }

    @Test
    void aRoomThatKeepsNothingDeliversAndResumesFromMemory() {
        owner.patch("/api/rooms/" + room, Map.of("retention", "none")).json(200);
        bob.listensTo(room);
        long seen = alice.posts("seen");
        bob.receives(posted("seen"));
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        alice.posts("missed");

        assertThat(resume(seen).get("recovered").booleanValue()).isTrue();
        assertThat(bob.receives(posted("missed")).get("offset").longValue()).isEqualTo(seen + 1);
        assertThat(bob.asks("history", Map.of("room", room, "limit", 10)).ok().get("messages")).isEmpty();
    }

    @Test
    void nobodyResumesFromBeforeWhatIsGone() {
        bob.listensTo(room);
        long before = alice.posts("before");
        long last = alice.posts("gone");
        owner.patch("/api/rooms/" + room, Map.of("retention", "none")).json(200);
        bob.receivesLogged(3);
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        Http.bearing(Tokens.of("carol", "Carol", "parley-admin")).post("/api/administration/retention", Map.of()).json(200);

        assertThat(resume(before).get("recovered").booleanValue()).as("a message after it is gone").isFalse();
        assertThat(bob.receivedSoFar()).filteredOn(event -> event.has("offset")).isEmpty();
        assertThat(resume(last).get("recovered").booleanValue()).as("nothing after it is gone").isTrue();
        assertThat(bob.receivesLogged(1)).extracting(event -> event.get("type").stringValue()).isEqualTo(List.of("room.updated"));
    }

    private JsonNode resume(long offset) {
        return bob.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", offset))).ok();
    }
}
