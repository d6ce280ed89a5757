package parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A change of a room's messages: the room's content, which its retention removes. Other changes stay. */
public sealed interface MessageChange extends Change {

    /** The types of this family, as the log stores them. */
    Set<String> TYPES = Set.of(Posted.TYPE, Edited.TYPE, Deleted.TYPE, Restored.TYPE, ReactionAdded.TYPE, ReactionRemoved.TYPE,
            Pinned.TYPE, Unpinned.TYPE, Previewed.TYPE);

    /** The types of the changes that decide which messages are pinned. */
    Set<String> PIN_TYPES = Set.of(Pinned.TYPE, Unpinned.TYPE, Deleted.TYPE);

    /** The types of the changes that change earlier events in the log: they remove something from them, or bring it back. */
    Set<String> REDACTING_TYPES = Set.of(Edited.TYPE, Deleted.TYPE, Restored.TYPE, Previewed.TYPE);

    /** A change of a message that was posted before. */
    sealed interface OfMessage extends MessageChange {

        /** The offset of that message. */
        long message();
    }

    /** This change without what people wrote: what the log holds of it after the message was deleted. */
    default MessageChange redacted() {
        return this;
    }

    /** This change without previews: what the log holds of it after a later change of the same message decided about them. */
    default MessageChange withoutPreviews() {
        return this;
    }

    /**
     * A message was posted; the event's offset is the message's id.
     *
     * @param text empty if the message was deleted
     * @param key the author's idempotency key
     * @param thread the offset of the message that it answers, 0 for none
     * @param also whether a reply is shown in the room too
     * @param mentions ids of the users it names
     * @param everyone whether it mentions everyone in the room
     * @param deleted whether the message was deleted later
     * @param files what it carries
     * @param form what people fill in and press below it, until it is edited
     */
    record Posted(String text, String key, long thread, boolean also, List<String> mentions, boolean everyone, boolean deleted,
                  List<AttachedFile> files, Optional<Form> form) implements MessageChange {
        public static final String TYPE = "message.posted";

        /** A message without a form. */
        public Posted(String text, String key, long thread, boolean also, List<String> mentions, boolean everyone, boolean deleted,
                      List<AttachedFile> files) {
            this(text, key, thread, also, mentions, everyone, deleted, files, Optional.empty());
        }

        /** A message without files and a form. */
        public Posted(String text, String key, long thread, boolean also, List<String> mentions, boolean everyone, boolean deleted) {
            this(text, key, thread, also, mentions, everyone, deleted, List.of());
        }

        /** The text, or the names of the files if there is none. */
        public String textOrNames() {
            return text.isEmpty() ? AttachedFile.names(files) : text;
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public MessageChange redacted() {
            return new Posted("", key, thread, also, List.of(), false, true);
        }
    }

    /**
     * The author changed a message.
     *
     * @param text all of the new text; empty if the message was deleted
     * @param mentions ids of the users that the new text names
     * @param deleted whether the message was deleted later
     * @param files what the message carries from then on
     * @param previews those of the former text whose links are still there
     */
    record Edited(long message, String text, List<String> mentions, boolean deleted, List<AttachedFile> files,
                  List<LinkPreview> previews) implements OfMessage {
        public static final String TYPE = "message.edited";

        /** The change of a message without previews. */
        public Edited(long message, String text, List<String> mentions, boolean deleted, List<AttachedFile> files) {
            this(message, text, mentions, deleted, files, List.of());
        }

        /** The change of a message that carries no files. */
        public Edited(long message, String text, List<String> mentions, boolean deleted) {
            this(message, text, mentions, deleted, List.of());
        }

        /** The text, or the names of the files if there is none. */
        public String textOrNames() {
            return text.isEmpty() ? AttachedFile.names(files) : text;
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public MessageChange redacted() {
            return new Edited(message, "", List.of(), true);
        }

        @Override
        public MessageChange withoutPreviews() {
            return new Edited(message, text, mentions, deleted, files);
        }
    }

    /**
     * A message was deleted. Its text and its former texts are removed from the log.
     *
     * @param thread the offset of the message that it answered, 0 for none
     * @param removal the id of the bulk removal that it is a part of, which can be undone for a time; empty for none
     */
    record Deleted(long message, long thread, String removal) implements OfMessage {
        public static final String TYPE = "message.deleted";

        /** The deletion of one message, which can't be undone. */
        public Deleted(long message, long thread) {
            this(message, thread, "");
        }

        /** Whether it can be undone for a time. */
        public boolean isRemoval() {
            return !removal.isEmpty();
        }

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * A message that a bulk removal had deleted is back, with its former texts. Its reactions follow as events of their own.
     *
     * @param text what it says now; empty if it was deleted again later
     * @param thread the offset of the message that it answers, 0 for none
     * @param mentions ids of the users that it names
     * @param everyone whether it mentions everyone in the room
     * @param deleted whether it was deleted again later
     * @param files what it carries
     * @param form what people fill in and press below it
     * @param edited when it was edited last
     * @param versions the offsets of the events that have its later texts
     */
    record Restored(long message, String text, long thread, boolean also, List<String> mentions, boolean everyone, boolean deleted,
                    List<AttachedFile> files, Optional<Form> form, Optional<Instant> edited, List<Long> versions) implements OfMessage {
        public static final String TYPE = "message.restored";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public MessageChange redacted() {
            return new Restored(message, "", thread, also, List.of(), false, true, List.of(), Optional.empty(), Optional.empty(),
                    List.of());
        }
    }

    /** Someone reacted to a message. */
    record ReactionAdded(long message, String emoji) implements OfMessage {
        public static final String TYPE = "reaction.added";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** Someone took their reaction back. */
    record ReactionRemoved(long message, String emoji) implements OfMessage {
        public static final String TYPE = "reaction.removed";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** A message was pinned to the room. */
    record Pinned(long message) implements OfMessage {
        public static final String TYPE = "message.pinned";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /** A message is no longer pinned. */
    record Unpinned(long message) implements OfMessage {
        public static final String TYPE = "message.unpinned";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * The previews of a message's links were found, or its author removed one.
     *
     * @param previews all that the message has from then on; empty in the log once a later change decided about them
     * @param removed whether the author removed one: the message then gets no more
     */
    record Previewed(long message, List<LinkPreview> previews, boolean removed) implements OfMessage {
        public static final String TYPE = "message.previewed";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public MessageChange redacted() {
            return withoutPreviews();
        }

        @Override
        public MessageChange withoutPreviews() {
            return new Previewed(message, List.of(), removed);
        }
    }
}
