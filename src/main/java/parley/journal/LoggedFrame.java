package parley.journal;

import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/** An event's frame with its offset: all that delivery needs to know of it. */
public record LoggedFrame(long offset, Frame frame) {

    /** The event itself, decoded. */
    RoomEvent event() {
        return Codec.decodeEvent(frame.text());
    }
}
