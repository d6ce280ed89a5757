package parley.protocol;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What the server says about calls. */
final class CallWriter {

    private CallWriter() {
    }

    static void write(JsonGenerator json, Reply.InCall reply) {
        json.writeStringProperty("call", reply.call());
        reply.participant().ifPresent(participant -> json.writeStringProperty("participant", participant));
        people(json, reply.people());
    }

    /** The field {@code call} of a subscription. */
    static void write(JsonGenerator json, OngoingCall call) {
        json.writeObjectPropertyStart("call");
        json.writeStringProperty("call", call.call());
        FrameWriter.user(json, "by", call.by());
        json.writeStringProperty("started", FrameWriter.time(call.started()));
        people(json, call.people());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, Event.CallPeople event) {
        json.writeStringProperty("type", "call.people");
        json.writeStringProperty("room", event.room());
        json.writeStringProperty("call", event.call());
        people(json, event.people());
    }

    static void write(JsonGenerator json, Event.CallLeft event) {
        json.writeStringProperty("type", "call.left");
        json.writeStringProperty("room", event.room());
        json.writeStringProperty("call", event.call());
        json.writeStringProperty("participant", event.participant());
        json.writeStringProperty("code", event.code().wire());
        json.writeBooleanProperty("rejoin", event.rejoin());
    }

    static void write(JsonGenerator json, Event.Signal signal) {
        json.writeStringProperty("type", "signal");
        json.writeStringProperty("room", signal.room());
        json.writeStringProperty("call", signal.call());
        FrameWriter.user(json, "by", signal.by());
        json.writeStringProperty("participant", signal.participant());
        json.writeName("data");
        // It was parsed and written again when it arrived.
        json.writeRawValue(signal.data());
    }

    // Also if it is empty: everyone has left.
    private static void people(JsonGenerator json, List<CallParticipant> people) {
        json.writeArrayPropertyStart("people");
        for (CallParticipant participant : people) {
            json.writeStartObject();
            json.writeStringProperty("id", participant.user().id());
            json.writeStringProperty("name", participant.user().name());
            json.writeStringProperty("participant", participant.id());
            FrameWriter.flag(json, "lost", participant.lost());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
