package parley.journal;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.room.RoomView;

/**
 * CDI event: a batch was committed, here or on another instance. Fired on the thread that committed, received or read it; observers must
 * not delay that thread. The batches that this instance commits to a room come in the order of its log. A batch of another instance may
 * come late; its offsets show its place in the log.
 *
 * @param here whether this instance committed the batch
 * @param updates of documents, in the order of their versions; those of other instances come another way
 */
public record Committed(boolean here, List<RoomBatch> rooms, List<LoggedUpdate> updates) {

    /** A batch without updates of documents. */
    public Committed(boolean here, List<RoomBatch> rooms) {
        this(here, rooms, List.of());
    }

    /** Whether nothing was committed. */
    boolean isEmpty() {
        return rooms.isEmpty() && updates.isEmpty();
    }

    /** The rooms of the batch. */
    Set<String> ids() {
        return Stream.concat(rooms.stream().map(room -> room.view().id()), updates.stream().map(LoggedUpdate::room))
                .collect(Collectors.toSet());
    }

    /**
     * The part of a batch that belongs to one room.
     *
     * @param view the room after the batch
     * @param events in order, without a gap
     * @param frames the same events as on the wire
     */
    public record RoomBatch(RoomView view, List<RoomEvent> events, List<LoggedFrame> frames) {

        /** Whether it says that earlier events changed. */
        public boolean rewrites() {
            return events.stream().anyMatch(event -> event.change() instanceof RoomChange.Rewritten);
        }

        /** Whether no event of the batch says that this frame may have changed since. */
        boolean isCurrent(LoggedFrame frame) {
            return events.stream().noneMatch(event -> event.change() instanceof RoomChange.Rewritten && event.offset() > frame.offset());
        }

        /** The batch of these frames, which another instance committed and which follow a view. */
        static RoomBatch following(RoomView before, List<LoggedFrame> frames) {
            List<RoomEvent> events = frames.stream().map(LoggedFrame::event).toList();
            return new RoomBatch(before.after(events), events, frames);
        }
    }
}
