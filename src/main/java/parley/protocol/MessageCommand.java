package parley.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A command that changes the messages of a room. */
public sealed interface MessageCommand extends StoredCommand {

    @Override
    default Set<Feature> features() {
        return switch (this) {
            case Post post -> features(post);
            case Edit edit -> edit.files().orElse(List.of()).isEmpty() ? Set.of(Feature.EDIT) : Set.of(Feature.EDIT, Feature.FILES);
            case Delete delete -> Set.of(Feature.EDIT);
            case AddReaction add -> Set.of(Feature.REACTIONS);
            case RemoveReaction remove -> Set.of(Feature.REACTIONS);
            case Pin pin -> Set.of(Feature.PINS);
            case Unpin unpin -> Set.of(Feature.PINS);
            case Unpreview unpreview -> Set.of(Feature.PREVIEWS);
        };
    }

    private static Set<Feature> features(Post post) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        if (post.thread() > 0) {
            features.add(Feature.THREADS);
        }
        if (!post.files().isEmpty()) {
            features.add(Feature.FILES);
        }
        return features;
    }

    /**
     * Post a message.
     *
     * @param key idempotency key, 1 to 64 characters: the same key again is the same message
     * @param text 1 to 4,000 characters, or empty if there are files
     * @param thread the offset of the message that it answers, 0 for none
     * @param also whether a reply is shown in the room too
     * @param mentions ids of at most 50 people
     * @param everyone whether it mentions everyone in the room
     * @param files ids of the files that it carries
     * @param form what people fill in and press below it; only bots have forms
     */
    record Post(long id, String room, String key, String text, long thread, boolean also, List<String> mentions, boolean everyone,
                List<String> files, Optional<Form> form) implements MessageCommand {
        public static final String TYPE = "message.post";

        /** A message without files. */
        public Post(long id, String room, String key, String text, long thread, boolean also, List<String> mentions, boolean everyone) {
            this(id, room, key, text, thread, also, mentions, everyone, List.of(), Optional.empty());
        }

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
     * @param text 1 to 4,000 characters, or empty if there are files
     * @param mentions ids of at most 50 people; absent to keep those of the message
     * @param files ids of the files that the message carries from now on; absent to keep those of the message
     */
    record Edit(long id, String room, long message, String text, Optional<List<String>> mentions, Optional<List<String>> files)
            implements MessageCommand {
        public static final String TYPE = "message.edit";

        /** A change that keeps the files of the message. */
        public Edit(long id, String room, long message, String text, Optional<List<String>> mentions) {
            this(id, room, message, text, mentions, Optional.empty());
        }

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

    /**
     * Remove a preview from an own message.
     *
     * @param url the preview's link
     */
    record Unpreview(long id, String room, long message, String url) implements MessageCommand {
        public static final String TYPE = "message.unpreview";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
