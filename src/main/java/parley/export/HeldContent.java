package parley.export;

import java.time.Instant;
import java.util.List;

/** What a legal hold keeps of content that left the log. A bean that implements it adds this content to exports of administrators. */
public interface HeldContent {

    /**
     * A frame as it was before it was rewritten or removed.
     *
     * @param offset of the event in the room's log
     * @param version from 1: the frame of an event may have been rewritten several times
     * @param removed when it left the log
     * @param frame as it was stored
     */
    record Original(long offset, int version, Instant removed, String frame) {}

    /**
     * Up to {@code most} originals of a room after an offset and version, in the order of both; 0 and 0 for the first page. Waits for the
     * database.
     */
    List<Original> of(String room, long offset, int version, int most);
}
