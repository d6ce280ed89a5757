package parley.journal;

import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.DocumentChange;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;

/** The frame of an event and its offset, which is all that delivery needs. */
public record LoggedFrame(long offset, Frame frame) {

    /** The event itself, decoded. */
    public RoomEvent event() {
        return Codec.decodeEvent(frame.text());
    }

    /** The same event without what people wrote in it, if it concerns a message or a document. */
    LoggedFrame redacted() {
        RoomEvent event = event();
        return switch (event.change()) {
            case MessageChange change -> with(event, change.redacted());
            case DocumentChange change -> with(event, change.redacted());
            default -> this;
        };
    }

    private LoggedFrame with(RoomEvent event, Change change) {
        return new LoggedFrame(offset, Codec.encode(new RoomEvent(event.room(), offset, event.at(), event.by(), change)));
    }

    /** The same event without previews, if it concerns a message. */
    LoggedFrame withoutPreviews() {
        RoomEvent event = event();
        return event.change() instanceof MessageChange change ? new LoggedFrame(offset, Codec.encode(
                new RoomEvent(event.room(), offset, event.at(), event.by(), change.withoutPreviews()))) : this;
    }

    /** Whether the event posted or changed this message. */
    boolean concerns(long message) {
        // Quotes in a text are escaped, so only a field can look like this.
        return offset == message || frame.text().contains("\"message\":" + message + ",")
                || frame.text().contains("\"message\":" + message + "}");
    }
}
