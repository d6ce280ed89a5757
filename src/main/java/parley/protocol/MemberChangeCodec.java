package parley.protocol;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a {@link MemberChange} in its event. */
final class MemberChangeCodec {

    static final Map<String, Function<ObjectNode, Change>> READERS = Map.of(
            MemberChange.Joined.TYPE, json -> new MemberChange.Joined(user(json), role(json)),
            MemberChange.Left.TYPE, json -> new MemberChange.Left(user(json)),
            MemberChange.RoleChanged.TYPE, json -> new MemberChange.RoleChanged(user(json), role(json),
                    Optional.ofNullable(json.get("until")).map(MemberChangeCodec::time)),
            MemberChange.Muted.TYPE, json -> new MemberChange.Muted(user(json), time(json.get("until"))),
            MemberChange.Unmuted.TYPE, json -> new MemberChange.Unmuted(user(json)));

    private MemberChangeCodec() {
    }

    static void write(JsonGenerator json, MemberChange change) {
        FrameWriter.user(json, "user", change.user());
        switch (change) {
            case MemberChange.Joined joined -> json.writeStringProperty("role", joined.role().wire());
            case MemberChange.RoleChanged changed -> {
                json.writeStringProperty("role", changed.role().wire());
                changed.until().ifPresent(until -> json.writeStringProperty("until", FrameWriter.time(until)));
            }
            case MemberChange.Muted muted -> json.writeStringProperty("until", FrameWriter.time(muted.until()));
            case MemberChange.Left left -> { }
            case MemberChange.Unmuted unmuted -> { }
        }
    }

    private static User user(ObjectNode json) {
        return EventReader.user(json.get("user"));
    }

    private static Role role(ObjectNode json) {
        return Role.of(json.get("role").stringValue());
    }

    private static Instant time(JsonNode json) {
        return Instant.parse(json.stringValue());
    }
}
