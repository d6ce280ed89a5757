package parley.journal;

import java.util.List;
import parley.protocol.RoomEvent;
import parley.room.RoomView;

/**
 * CDI event: a batch was committed. Fired on the writer's thread, which observers must not delay. The batches of a room come in the
 * order of its log; a batch of another instance may come late, and its offsets say where it belongs.
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

        /** The batch that these frames of another instance form after a view. */
        static RoomBatch following(RoomView before, List<LoggedFrame> frames) {
            List<RoomEvent> events = frames.stream().map(LoggedFrame::event).toList();
            return new RoomBatch(before.after(events), events, frames);
        }
    }
}
