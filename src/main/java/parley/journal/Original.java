package parley.journal;

import java.time.Instant;
import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/**
 * A row of the log as it was stored.
 *
 * @param at when the event happened
 * @param type of the event
 * @param actor the id of the user who caused the event
 * @param frame the event as on the wire
 */
public record Original(String room, long offset, Instant at, String type, String actor, Frame frame) {

    /** The event itself, decoded. */
    public RoomEvent event() {
        return Codec.decodeEvent(frame.text());
    }
}
