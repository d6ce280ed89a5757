package parley.protocol;

import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a {@link MessageChange} in its event. */
final class MessageChangeCodec {

    static final Map<String, Function<ObjectNode, Change>> READERS = Map.of(
            MessageChange.Posted.TYPE, MessageChangeCodec::posted);

    private MessageChangeCodec() {
    }

    static void write(JsonGenerator json, MessageChange change) {
        switch (change) {
            case MessageChange.Posted posted -> {
                json.writeStringProperty("text", posted.text());
                json.writeStringProperty("key", posted.key());
                FrameWriter.number(json, "thread", posted.thread());
                FrameWriter.strings(json, "mentions", posted.mentions());
            }
        }
    }

    private static MessageChange posted(ObjectNode json) {
        return new MessageChange.Posted(json.get("text").stringValue(), json.get("key").stringValue(),
                json.path("thread").longValue(0), json.path("mentions").valueStream().map(JsonNode::stringValue).toList());
    }
}
