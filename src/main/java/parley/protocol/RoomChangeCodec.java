package parley.protocol;

import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a {@link RoomChange} in its event. */
final class RoomChangeCodec {

    static final Map<String, Function<ObjectNode, Change>> READERS = Map.of(
            RoomChange.Updated.TYPE, RoomChangeCodec::updated,
            RoomChange.Rewritten.TYPE, json -> new RoomChange.Rewritten(),
            RoomChange.Closed.TYPE, json -> new RoomChange.Closed());

    private RoomChangeCodec() {
    }

    static void write(JsonGenerator json, RoomChange change) {
        switch (change) {
            case RoomChange.Updated updated -> profile(json, updated.profile());
            case RoomChange.Rewritten rewritten -> { }
            case RoomChange.Closed closed -> { }
        }
    }

    private static void profile(JsonGenerator json, RoomProfile profile) {
        if (!profile.name().isEmpty()) {
            json.writeStringProperty("name", profile.name());
        }
        json.writeStringProperty("kind", profile.kind().wire());
        if (!profile.topic().isEmpty()) {
            json.writeStringProperty("topic", profile.topic());
        }
        json.writeStringProperty("retention", profile.retention().wire());
        posting(json, profile.posting());
    }

    /** What differs from a room in which everyone may post. */
    static void posting(JsonGenerator json, Posting posting) {
        if (posting.who() != Posting.Who.EVERYONE) {
            json.writeStringProperty("posting", posting.who().wire());
        }
        FrameWriter.number(json, "slow", posting.slow());
    }

    private static RoomChange updated(ObjectNode json) {
        return new RoomChange.Updated(new RoomProfile(json.path("name").stringValue(""),
                RoomKind.of(json.get("kind").stringValue()).orElseThrow(), json.path("topic").stringValue(""),
                Retention.of(json.path("retention").stringValue(Retention.FOREVER.wire())).orElseThrow(),
                new Posting(Posting.Who.of(json.path("posting").stringValue("")).orElse(Posting.Who.EVERYONE),
                        json.path("slow").intValue(0))));
    }
}
