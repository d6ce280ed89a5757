package parley.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.room.RoomView;

/** The log of one room as a batch continues it: the events of the batch, and the view after them. For one thread. */
final class GrowingLog {

    private final List<RoomEvent> events = new ArrayList<>();
    private final List<LoggedFrame> frames = new ArrayList<>();
    private final boolean copied;
    private RoomView view;

    /**
     * @param view the room at the head of its log
     * @param copied whether messages are stored in table {@code message} too
     */
    GrowingLog(RoomView view, boolean copied) {
        this.view = view;
        this.copied = copied;
    }

    /** The room after the events so far. */
    RoomView view() {
        return view;
    }

    boolean hasGrown() {
        return !events.isEmpty();
    }

    /** Numbers and encodes the event of this change. */
    LogEntry.New append(User by, Change change, Instant now) {
        RoomEvent event = new RoomEvent(view.id(), view.offset() + 1, now, by, change);
        Frame frame = Codec.encode(event);
        view = view.after(event);
        events.add(event);
        frames.add(new LoggedFrame(event.offset(), frame));
        return new LogEntry.New(event, frame, copied);
    }

    /** Whether the database stores the event of this change; otherwise, only memory holds it. */
    boolean stores(Change change) {
        // A removal is stored always: the tables may hold a message from before the room stopped storing them.
        return !(change instanceof MessageChange) || change instanceof MessageChange.Deleted || change instanceof MessageChange.Previewed
                || !view.profile().retention().equals(Retention.NONE);
    }

    Committed.RoomBatch batch() {
        return new Committed.RoomBatch(view, events, frames);
    }
}
