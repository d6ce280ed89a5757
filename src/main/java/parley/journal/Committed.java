package parley.journal;

import java.util.List;
import parley.protocol.RoomEvent;
import parley.room.RoomView;

/**
 * Told, as a CDI event, when a batch is committed: by the writer's thread, which observers must not keep waiting. A
 * room's batches are told in the order of its log, but one that another instance committed may come late: its place is its
 * offset.
 *
 * @param here whether this instance committed it
 */
public record Committed(boolean here, List<RoomBatch> rooms) {

    /**
     * What a batch added to one room.
     *
     * @param view the room after it
     * @param events in order, without a hole
     * @param frames the same events as they go over the wire
     */
    public record RoomBatch(RoomView view, List<RoomEvent> events, List<LoggedFrame> frames) {

        /** What these frames, of another instance, add to a view that they follow. */
        static RoomBatch following(RoomView before, List<LoggedFrame> frames) {
            List<RoomEvent> events = frames.stream().map(LoggedFrame::event).toList();
            return new RoomBatch(before.after(events), events, frames);
        }
    }
}
