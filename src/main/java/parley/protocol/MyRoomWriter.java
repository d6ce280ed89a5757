package parley.protocol;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** A person's rooms as JSON: in the reply to {@code watch}, in its events, and over HTTP. */
final class MyRoomWriter {

    private MyRoomWriter() {
    }

    static void write(JsonGenerator json, Reply.Watching watching) {
        json.writeArrayPropertyStart("rooms");
        for (MyRoom room : watching.rooms()) {
            json.writeStartObject();
            fields(json, room);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanProperty("more", watching.next().isPresent());
        watching.next().ifPresent(next -> json.writeStringProperty("next", next));
    }

    static void write(JsonGenerator json, Event.RoomAdded added) {
        json.writeStringProperty("type", "room.added");
        json.writeObjectPropertyStart("room");
        fields(json, added.room());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Event.Activity activity) {
        json.writeStringProperty("type", "activity");
        json.writeStringProperty("room", activity.room());
        json.writeNumberProperty("offset", activity.unread().asOf());
        numbers(json, activity.unread());
        last(json, activity.last());
    }

    /** A person who is no member has no marker: nothing is unread. */
    static void unread(JsonGenerator json, Optional<Unread> unread) {
        unread.ifPresentOrElse(numbers -> numbers(json, numbers), () -> json.writeNumberProperty("unread", 0));
    }

    static void readers(JsonGenerator json, List<Unread.Reader> readers) {
        if (readers.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("readers");
        for (Unread.Reader reader : readers) {
            json.writeStartObject();
            json.writeStringProperty("user", reader.user());
            json.writeNumberProperty("upto", reader.upto());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void fields(JsonGenerator json, MyRoom room) {
        json.writeStringProperty("id", room.id());
        if (!room.profile().name().isEmpty()) {
            json.writeStringProperty("name", room.profile().name());
        }
        json.writeStringProperty("kind", room.profile().kind().wire());
        if (!room.profile().topic().isEmpty()) {
            json.writeStringProperty("topic", room.profile().topic());
        }
        RoomChangeCodec.posting(json, room.profile().posting());
        json.writeStringProperty("role", room.role().wire());
        json.writeStringProperty("epoch", room.at().epoch());
        json.writeNumberProperty("offset", room.at().offset());
        numbers(json, room.unread());
        last(json, room.last());
        room.mutedUntil().ifPresent(until -> json.writeStringProperty("muted", FrameWriter.time(until)));
        FrameWriter.users(json, "people", room.people());
        place(json, room.place());
    }

    private static void numbers(JsonGenerator json, Unread unread) {
        json.writeNumberProperty("read", unread.read());
        json.writeNumberProperty("unread", unread.messages());
        json.writeNumberProperty("mentions", unread.mentions());
    }

    private static void last(JsonGenerator json, Optional<Message> last) {
        last.ifPresent(message -> {
            json.writeName("last");
            MessageWriter.write(json, message);
        });
    }

    private static void place(JsonGenerator json, MyRoom.Place place) {
        json.writeStringProperty("level", place.level().wire());
        FrameWriter.flag(json, "favourite", place.favourite());
        FrameWriter.flag(json, "hidden", place.hidden());
        if (!place.section().isEmpty()) {
            json.writeStringProperty("section", place.section());
        }
        FrameWriter.number(json, "position", place.position());
    }
}
