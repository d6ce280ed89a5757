package parley.outlet;

import java.time.Instant;
import java.util.Optional;
import parley.journal.LoggedFrame;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.WireTime;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * An event of a room as other systems get it.
 *
 * @param id {@code room:epoch:offset}; an event that is handed over again has the same one
 * @param type as on the wire, such as {@code message.posted}
 * @param subject the offset of the message that the event is about; empty if it is about no message
 * @param frame the event as members see it, in JSON
 */
public record OutgoingEvent(String id, String room, long offset, String type, Instant at, Optional<String> subject, String frame) {

    /** The media type of {@link #cloudEvent}. */
    public static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";

    private static final JsonMapper JSON = new JsonMapper();

    static OutgoingEvent of(String room, String epoch, LoggedFrame logged) {
        RoomEvent event = logged.event();
        Optional<String> subject = switch (event.change()) {
            case MessageChange.OfMessage change -> Optional.of("" + change.message());
            case MessageChange.Posted posted -> Optional.of("" + event.offset());
            default -> Optional.empty();
        };
        return new OutgoingEvent(room + ":" + epoch + ":" + event.offset(), room, event.offset(), event.change().type(), event.at(),
                subject, logged.frame().text());
    }

    /** The event in the JSON format of CloudEvents 1.0. */
    public String cloudEvent() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("specversion", "1.0").put("id", id)
                .put("source", "/parley/rooms/" + room).put("type", type).put("time", WireTime.text(at));
        subject.ifPresent(message -> json.put("subject", message));
        json.put("datacontenttype", "application/json").putRawValue("data", new RawValue(frame));
        return JSON.writeValueAsString(json);
    }
}
