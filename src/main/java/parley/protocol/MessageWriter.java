package parley.protocol;

import tools.jackson.core.JsonGenerator;

/** A message as JSON: in pages, in the reply to {@code subscribe}, and alone. What is false, zero or empty has no field. */
final class MessageWriter {

    private MessageWriter() {
    }

    static void write(JsonGenerator json, Message message) {
        json.writeStartObject();
        json.writeNumberProperty("offset", message.offset());
        FrameWriter.user(json, "by", message.by());
        json.writeStringProperty("at", FrameWriter.time(message.at()));
        if (!message.deleted()) {
            json.writeStringProperty("text", message.text());
        }
        json.writeStringProperty("key", message.key());
        FrameWriter.number(json, "thread", message.thread());
        FrameWriter.flag(json, "also", message.also());
        FrameWriter.strings(json, "mentions", message.mentions());
        FrameWriter.flag(json, "everyone", message.everyone());
        AttachedFile.write(json, message.files());
        LinkPreview.write(json, message.previews());
        Form.write(json, message.form());
        message.edited().ifPresent(at -> json.writeStringProperty("edited", FrameWriter.time(at)));
        FrameWriter.flag(json, "deleted", message.deleted());
        FrameWriter.flag(json, "pinned", message.pinned());
        reactions(json, message);
        message.replies().ifPresent(replies -> {
            json.writeObjectPropertyStart("replies");
            json.writeNumberProperty("count", replies.count());
            json.writeStringProperty("last", FrameWriter.time(replies.last()));
            FrameWriter.strings(json, "by", replies.by());
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    private static void reactions(JsonGenerator json, Message message) {
        if (message.reactions().isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("reactions");
        for (Message.Reaction reaction : message.reactions()) {
            json.writeObjectPropertyStart(reaction.emoji());
            json.writeNumberProperty("count", reaction.count());
            FrameWriter.strings(json, "by", reaction.by());
            FrameWriter.flag(json, "mine", reaction.mine());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
