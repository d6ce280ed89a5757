package parley.export;

import java.time.Instant;
import java.util.List;

/** What a legal hold keeps of content that left the log. A bean that implements it adds this content to exports of administrators. */
public interface HeldContent {

    /**
     * A frame as it was before it was rewritten or removed.
     *
     * @param number orders the originals of a room
     * @param offset of the event in the room's log
     * @param removed when it left the log
     * @param frame as it was stored
     */
    record Original(long number, long offset, Instant removed, String frame) {}

    /** Up to {@code most} originals of a room after a number, 0 for the first page, in order. Waits for the database. */
    List<Original> of(String room, long after, int most);
}
