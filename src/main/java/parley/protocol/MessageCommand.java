package parley.protocol;

import java.util.List;
import java.util.Optional;

/** A command that changes the messages of a room. */
public sealed interface MessageCommand extends StoredCommand {

    @Override
    default Optional<Feature> feature() {
        return switch (this) {
            case Post post -> post.thread() > 0 ? Optional.of(Feature.THREADS) : Optional.empty();
            case Edit edit -> Optional.of(Feature.EDIT);
            case Delete delete -> Optional.of(Feature.EDIT);
            case AddReaction add -> Optional.of(Feature.REACTIONS);
            case RemoveReaction remove -> Optional.of(Feature.REACTIONS);
            case Pin pin -> Optional.of(Feature.PINS);
            case Unpin unpin -> Optional.of(Feature.PINS);
        };
    }

    /**
     * Post a message.
     *
     * @param key idempotency key, 1 to 64 characters: the same key again is the same message
     * @param text 1 to 4,000 characters
     * @param thread the offset of the message that it answers, 0 for none
     * @param also whether a reply is shown in the room too
     * @param mentions ids of at most 50 people
     * @param everyone whether it mentions everyone in the room
     */
    record Post(long id, String room, String key, String text, long thread, boolean also, List<String> mentions, boolean everyone)
            implements MessageCommand {
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

    /**
     * Change the text of an own message.
     *
     * @param text 1 to 4,000 characters
     * @param mentions ids of at most 50 people; absent to keep those of the message
     */
    record Edit(long id, String room, long message, String text, Optional<List<String>> mentions) implements MessageCommand {
        public static final String TYPE = "message.edit";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Delete a message. */
    record Delete(long id, String room, long message) implements MessageCommand {
        public static final String TYPE = "message.delete";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** React to a message. */
    record AddReaction(long id, String room, long message, String emoji) implements MessageCommand {
        public static final String TYPE = "reaction.add";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Take a reaction back. */
    record RemoveReaction(long id, String room, long message, String emoji) implements MessageCommand {
        public static final String TYPE = "reaction.remove";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Pin a message to the room. */
    record Pin(long id, String room, long message) implements MessageCommand {
        public static final String TYPE = "message.pin";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Take a pinned message off. */
    record Unpin(long id, String room, long message) implements MessageCommand {
        public static final String TYPE = "message.unpin";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
