package parley.protocol;

import java.util.List;
import java.util.Set;

/** A change of a room's messages: the room's content, which its retention removes. Other changes stay. */
public sealed interface MessageChange extends Change {

    /** The types of this family, as the log stores them. */
    Set<String> TYPES = Set.of(Posted.TYPE);

    /**
     * A message was posted; the event's offset is the message's id.
     *
     * @param key the author's idempotency key
     * @param thread the offset of the message that it answers, 0 for none
     * @param mentions ids of the users it names
     */
    record Posted(String text, String key, long thread, List<String> mentions) implements MessageChange {
        public static final String TYPE = "message.posted";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
