package parley.protocol;

import java.time.Instant;
import java.util.List;

/**
 * A message as history shows it. Its id is its offset in the room's log.
 *
 * @param key the author's idempotency key
 * @param thread the offset of the message that it answers, 0 for none
 * @param mentions ids of the people it names, in the author's order
 */
public record Message(long offset, User by, Instant at, String text, String key, long thread, List<String> mentions) {

    /** The message that this event posted. */
    public static Message of(RoomEvent event, MessageChange.Posted posted) {
        return new Message(event.offset(), event.by(), event.at(), posted.text(), posted.key(), posted.thread(),
                posted.mentions());
    }
}
