package parley.hub;

import java.util.List;
import parley.journal.LoggedFrame;
import parley.protocol.Position;

/**
 * What a read of a room's log returned.
 *
 * @param after the offset after which the log was read
 * @param head the log's head before the read; null if there is no such room
 * @param frames in order, at most {@link parley.journal.RoomLog#LONGEST_REPLAY}; retention may have deleted some
 */
record LogRead(long after, Position head, List<LoggedFrame> frames) {

    /** The last offset that a complete read covers. */
    long last() {
        return after + frames.size();
    }

    boolean isOf(String epoch) {
        return head != null && head.epoch().equals(epoch);
    }

    /** Whether no event is missing between {@code after} and the end of what was read. */
    boolean isComplete() {
        return frames.isEmpty() ? head.offset() <= after
                : frames.getFirst().offset() == after + 1 && frames.getLast().offset() == last();
    }

    /** Whether the read got everything up to the head. */
    boolean reachesHead() {
        return last() >= head.offset();
    }
}
