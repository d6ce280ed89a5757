package parley.journal;

import java.util.List;
import parley.protocol.RoomEvent;
import parley.room.RoomView;

/**
 * CDI event: a batch was committed, here or on another instance. Fired on the thread that committed, received or read it; observers must
 * not delay that thread. The batches that this instance commits to a room come in the order of its log. A batch of another instance may
 * come late; its offsets show its place in the log.
 *
 * @param here whether this instance committed the batch
 */
public record Committed(boolean here, List<RoomBatch> rooms) {

    /**
     * The part of a batch that belongs to one room.
     *
     * @param view the room after the batch
     * @param events in order, without a gap
     * @param frames the same events as on the wire
     */
    public record RoomBatch(RoomView view, List<RoomEvent> events, List<LoggedFrame> frames) {

        /** The batch of these frames, which another instance committed and which follow a view. */
        static RoomBatch following(RoomView before, List<LoggedFrame> frames) {
            List<RoomEvent> events = frames.stream().map(LoggedFrame::event).toList();
            return new RoomBatch(before.after(events), events, frames);
        }
    }
}
