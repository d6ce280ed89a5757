package parley.hub;

import java.util.List;
import parley.journal.LoggedFrame;
import parley.protocol.Position;

/**
 * What a read of a room's log returned.
 *
 * @param after the offset after which it was read
 * @param head the log's head before the read; null if there is no such room
 * @param frames in order, at most {@link parley.journal.RoomLog#LONGEST_REPLAY}; retention may have deleted some
 */
record LogRead(long after, Position head, List<LoggedFrame> frames) {

    /** The offset of the last frame; without frames, the offset after which it was read. */
    long last() {
        return after + frames.size();
    }

    boolean isOf(String epoch) {
        return head != null && head.epoch().equals(epoch);
    }

    /** Whether the log still holds every event after that offset, as far as it was read. */
    boolean isComplete() {
        return frames.isEmpty() ? head.offset() <= after
                : frames.getFirst().offset() == after + 1 && frames.getLast().offset() == last();
    }

    /** Whether nothing is left to read up to that head. */
    boolean reachesHead() {
        return last() >= head.offset();
    }
}
