package parley.protocol;

import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From a frame in the log back to its event. It trusts its input, which {@link FrameWriter} wrote. */
final class EventReader {

    private static final Map<String, Function<ObjectNode, Change>> READERS =
            Stream.of(RoomChangeCodec.READERS, MemberChangeCodec.READERS, MessageChangeCodec.READERS,
                            DocumentChangeCodec.READERS, CallChangeCodec.READERS)
                    .flatMap(family -> family.entrySet().stream())
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private EventReader() {
    }

    static RoomEvent read(ObjectNode json) {
        return new RoomEvent(json.get("room").stringValue(), json.get("offset").longValue(),
                Instant.parse(json.get("at").stringValue()), user(json.get("by")), change(json));
    }

    private static Change change(ObjectNode json) {
        String type = json.get("type").stringValue();
        Function<ObjectNode, Change> reader = READERS.get(type);
        if (reader == null) {
            throw new IllegalStateException("The log holds an event of unknown type " + type);
        }
        return reader.apply(json);
    }

    static User user(JsonNode json) {
        return new User(json.get("id").stringValue(), json.get("name").stringValue());
    }
}
