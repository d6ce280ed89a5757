package parley.journal;

import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/** The frame and offset of an event: all that delivery needs. */
public record LoggedFrame(long offset, Frame frame) {

    /** The event itself, decoded. */
    public RoomEvent event() {
        return Codec.decodeEvent(frame.text());
    }
}
