package parley.protocol;

import java.util.List;

/** A command that changes the messages of a room. */
public sealed interface MessageCommand extends StoredCommand {

    /**
     * Post a message.
     *
     * @param key idempotency key, 1 to 64 characters: the same key again is the same message
     * @param text 1 to 4,000 characters
     * @param thread the offset of the message that it answers, 0 for none
     * @param mentions ids of at most 50 people
     */
    record Post(long id, String room, String key, String text, long thread, List<String> mentions) implements MessageCommand {
        public static final String TYPE = "message.post";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public Reply succeeded(long offset, boolean already) {
            return new Reply.Posted(id, offset, already);
        }
    }
}
