package parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a {@link MessageChange} in its event. */
final class MessageChangeCodec {

    static final Map<String, Function<ObjectNode, Change>> READERS = Map.of(
            MessageChange.Posted.TYPE, MessageChangeCodec::posted,
            MessageChange.Restored.TYPE, MessageChangeCodec::restored,
            MessageChange.Edited.TYPE, MessageChangeCodec::edited,
            MessageChange.Deleted.TYPE, json -> new MessageChange.Deleted(message(json), json.path("thread").longValue(0),
                    json.path("removal").stringValue("")),
            MessageChange.ReactionAdded.TYPE, json -> new MessageChange.ReactionAdded(message(json), text(json, "emoji")),
            MessageChange.ReactionRemoved.TYPE, json -> new MessageChange.ReactionRemoved(message(json), text(json, "emoji")),
            MessageChange.Pinned.TYPE, json -> new MessageChange.Pinned(message(json)),
            MessageChange.Unpinned.TYPE, json -> new MessageChange.Unpinned(message(json)),
            MessageChange.Previewed.TYPE, json -> new MessageChange.Previewed(message(json), LinkPreview.read(json),
                    json.path("removed").booleanValue(false)));

    private MessageChangeCodec() {
    }

    static void write(JsonGenerator json, MessageChange change) {
        switch (change) {
            case MessageChange.Posted posted -> {
                content(json, posted.text(), posted.deleted());
                json.writeStringProperty("key", posted.key());
                FrameWriter.number(json, "thread", posted.thread());
                FrameWriter.flag(json, "also", posted.also());
                FrameWriter.strings(json, "mentions", posted.mentions());
                FrameWriter.flag(json, "everyone", posted.everyone());
                AttachedFile.write(json, posted.files());
                Form.write(json, posted.form());
            }
            case MessageChange.Edited edited -> {
                json.writeNumberProperty("message", edited.message());
                content(json, edited.text(), edited.deleted());
                FrameWriter.strings(json, "mentions", edited.mentions());
                AttachedFile.write(json, edited.files());
                LinkPreview.write(json, edited.previews());
            }
            case MessageChange.Restored restored -> {
                json.writeNumberProperty("message", restored.message());
                content(json, restored.text(), restored.deleted());
                FrameWriter.number(json, "thread", restored.thread());
                FrameWriter.flag(json, "also", restored.also());
                FrameWriter.strings(json, "mentions", restored.mentions());
                FrameWriter.flag(json, "everyone", restored.everyone());
                AttachedFile.write(json, restored.files());
                Form.write(json, restored.form());
                restored.edited().ifPresent(at -> json.writeStringProperty("edited", WireTime.text(at)));
                if (!restored.versions().isEmpty()) {
                    json.writeArrayPropertyStart("versions");
                    restored.versions().forEach(json::writeNumber);
                    json.writeEndArray();
                }
            }
            case MessageChange.ReactionAdded added -> reaction(json, added.message(), added.emoji());
            case MessageChange.ReactionRemoved removed -> reaction(json, removed.message(), removed.emoji());
            case MessageChange.Deleted deleted -> {
                json.writeNumberProperty("message", deleted.message());
                FrameWriter.number(json, "thread", deleted.thread());
                if (deleted.isRemoval()) {
                    json.writeStringProperty("removal", deleted.removal());
                }
            }
            case MessageChange.Pinned pinned -> json.writeNumberProperty("message", pinned.message());
            case MessageChange.Unpinned unpinned -> json.writeNumberProperty("message", unpinned.message());
            case MessageChange.Previewed previewed -> {
                json.writeNumberProperty("message", previewed.message());
                LinkPreview.write(json, previewed.previews());
                FrameWriter.flag(json, "removed", previewed.removed());
            }
        }
    }

    private static void content(JsonGenerator json, String text, boolean deleted) {
        if (deleted) {
            json.writeBooleanProperty("deleted", true);
        } else {
            json.writeStringProperty("text", text);
        }
    }

    private static void reaction(JsonGenerator json, long message, String emoji) {
        json.writeNumberProperty("message", message);
        json.writeStringProperty("emoji", emoji);
    }

    private static MessageChange posted(ObjectNode json) {
        return new MessageChange.Posted(json.path("text").stringValue(""), text(json, "key"), json.path("thread").longValue(0),
                json.path("also").booleanValue(false), mentions(json), json.path("everyone").booleanValue(false),
                json.path("deleted").booleanValue(false), AttachedFile.read(json), Form.read(json));
    }

    private static MessageChange edited(ObjectNode json) {
        return new MessageChange.Edited(message(json), json.path("text").stringValue(""), mentions(json),
                json.path("deleted").booleanValue(false), AttachedFile.read(json), LinkPreview.read(json));
    }

    private static MessageChange restored(ObjectNode json) {
        return new MessageChange.Restored(message(json), json.path("text").stringValue(""), json.path("thread").longValue(0),
                json.path("also").booleanValue(false), mentions(json), json.path("everyone").booleanValue(false),
                json.path("deleted").booleanValue(false), AttachedFile.read(json), Form.read(json),
                json.hasNonNull("edited") ? Optional.of(Instant.parse(json.get("edited").stringValue())) : Optional.empty(),
                json.path("versions").valueStream().map(JsonNode::longValue).toList());
    }

    private static long message(ObjectNode json) {
        return json.get("message").longValue();
    }

    private static String text(ObjectNode json, String name) {
        return json.get(name).stringValue();
    }

    private static List<String> mentions(ObjectNode json) {
        return json.path("mentions").valueStream().map(JsonNode::stringValue).toList();
    }
}
