package parley.outlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.journal.LoggedFrame;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Role;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events in the JSON format of CloudEvents 1.0. */
class OutgoingEventTest {

    private static final Instant AT = Instant.parse("2030-01-01T12:00:00.123Z");
    private static final User ALICE = new User("alice", "Alice");

    private static LoggedFrame logged(long offset, Change change) {
        return new LoggedFrame(offset, Codec.encode(new RoomEvent("orders", offset, AT, ALICE, change)));
    }

    private static JsonNode json(LoggedFrame logged) {
        return new JsonMapper().readTree(OutgoingEvent.of("orders", "e1", logged).cloudEvent());
    }

    @Test
    void theAttributesNameTheEventAndTheDataIsItsFrame() {
        LoggedFrame logged = logged(7, new MessageChange.Posted("\"Hi\" \u2028 </script>", "k", 0, false, List.of(), false, false));
        JsonNode event = json(logged);
        assertThat(event.propertyNames()).containsExactlyInAnyOrder("specversion", "id", "source", "type", "time", "subject",
                "datacontenttype", "data");
        assertThat(event.get("specversion").stringValue()).isEqualTo("1.0");
        assertThat(event.get("id").stringValue()).isEqualTo("orders:e1:7");
        assertThat(event.get("source").stringValue()).isEqualTo("/parley/rooms/orders");
        assertThat(event.get("type").stringValue()).isEqualTo("message.posted");
        assertThat(event.get("time").stringValue()).isEqualTo("2030-01-01T12:00:00.123Z");
        assertThat(event.get("subject").stringValue()).isEqualTo("7");
        assertThat(event.get("datacontenttype").stringValue()).isEqualTo("application/json");
        assertThat(event.get("data")).isEqualTo(new JsonMapper().readTree(logged.frame().text()));
    }

    @Test
    void theSubjectIsTheMessageThatTheEventIsAbout() {
        assertThat(json(logged(9, new MessageChange.Deleted(7, 0))).get("subject").stringValue()).isEqualTo("7");
        assertThat(json(logged(9, new MemberChange.Joined(ALICE, Role.MEMBER))).has("subject")).isFalse();
    }
}
