package parley.protocol;

import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** What the server says about slash commands. */
final class SlashWriter {

    private SlashWriter() {
    }

    static void write(JsonGenerator json, Reply.Slashes reply) {
        json.writeArrayPropertyStart("commands");
        reply.commands().forEach(offered -> Slash.write(json, offered));
        json.writeEndArray();
    }

    static void write(JsonGenerator json, Event.SlashRan ran) {
        head(json, "slash.ran", ran.call(), ran.room(), ran.by());
        json.writeStringProperty("command", ran.command());
        json.writeStringProperty("text", ran.text());
    }

    static void write(JsonGenerator json, Event.SlashPressed pressed) {
        head(json, "slash.pressed", pressed.call(), pressed.room(), pressed.by());
        FrameWriter.number(json, "message", pressed.message());
        json.writeStringProperty("action", pressed.action());
        json.writeObjectPropertyStart("values");
        for (Map.Entry<String, String> value : pressed.values().entrySet()) {
            json.writeStringProperty(value.getKey(), value.getValue());
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Event.SlashAnswered answered) {
        head(json, "slash.answered", answered.call(), answered.room(), answered.by());
        json.writeStringProperty("text", answered.text());
        Form.write(json, answered.form());
    }

    private static void head(JsonGenerator json, String type, String call, String room, User by) {
        json.writeStringProperty("type", type);
        json.writeStringProperty("call", call);
        json.writeStringProperty("room", room);
        FrameWriter.user(json, "by", by);
    }
}
