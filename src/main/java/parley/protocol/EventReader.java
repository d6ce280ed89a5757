package parley.protocol;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From a frame in the log back to its event. What it reads was written by {@link FrameWriter}; it trusts that. */
final class EventReader {

    private EventReader() {
    }

    static RoomEvent read(ObjectNode json) {
        return new RoomEvent(json.get("room").stringValue(), json.get("offset").longValue(),
                Instant.parse(json.get("at").stringValue()), user(json.get("by")), change(json));
    }

    private static Change change(ObjectNode json) {
        String type = json.get("type").stringValue();
        return switch (type) {
            case Change.MessagePosted.TYPE -> new Change.MessagePosted(json.get("text").stringValue(),
                    json.get("key").stringValue(), json.path("thread").longValue(0),
                    json.path("mentions").valueStream().map(JsonNode::stringValue).toList());
            case Change.MemberJoined.TYPE ->
                new Change.MemberJoined(user(json.get("user")), Role.of(json.get("role").stringValue()));
            case Change.MemberLeft.TYPE -> new Change.MemberLeft(user(json.get("user")));
            case Change.MemberRole.TYPE -> new Change.MemberRole(user(json.get("user")), Role.of(json.get("role").stringValue()),
                    Optional.ofNullable(json.get("until")).map(until -> Instant.parse(until.stringValue())));
            case Change.MemberMuted.TYPE ->
                new Change.MemberMuted(user(json.get("user")), Instant.parse(json.get("until").stringValue()));
            case Change.MemberUnmuted.TYPE -> new Change.MemberUnmuted(user(json.get("user")));
            case Change.RoomClosed.TYPE -> new Change.RoomClosed();
            case Change.RoomUpdated.TYPE -> new Change.RoomUpdated(profile(json));
            default -> throw new IllegalStateException("The log holds an event of unknown type " + type);
        };
    }

    private static RoomProfile profile(ObjectNode json) {
        return new RoomProfile(json.get("name").stringValue(), RoomKind.of(json.get("kind").stringValue()).orElseThrow(),
                json.path("topic").stringValue(""),
                Retention.of(json.path("retention").stringValue(Retention.FOREVER.wire())).orElseThrow());
    }

    private static User user(JsonNode json) {
        return new User(json.get("id").stringValue(), json.get("name").stringValue());
    }
}
