package parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A message as history shows it. Its id is its offset in the room's log. A deleted one has no text, mentions and reactions.
 *
 * @param key the author's idempotency key
 * @param thread the offset of the message that it answers, 0 for none
 * @param also whether a reply is shown in the room too
 * @param mentions ids of the people it names, in the author's order
 * @param everyone whether it mentions everyone in the room
 * @param edited when it was edited last
 * @param reactions in the order of their first use
 * @param replies what it was answered in its thread
 * @param files what it carries
 * @param previews of its links
 * @param form what people fill in and press below it
 */
public record Message(long offset, User by, Instant at, String text, String key, long thread, boolean also, List<String> mentions,
                      boolean everyone, Optional<Instant> edited, boolean deleted, boolean pinned, List<Reaction> reactions,
                      Optional<Replies> replies, List<AttachedFile> files, List<LinkPreview> previews, Optional<Form> form) {

    /** The most ids that {@link Reaction#by} and {@link Replies#by} hold. */
    public static final int MOST_NAMED = 10;

    /** A message without a form. */
    public Message(long offset, User by, Instant at, String text, String key, long thread, boolean also, List<String> mentions,
                   boolean everyone, Optional<Instant> edited, boolean deleted, boolean pinned, List<Reaction> reactions,
                   Optional<Replies> replies, List<AttachedFile> files, List<LinkPreview> previews) {
        this(offset, by, at, text, key, thread, also, mentions, everyone, edited, deleted, pinned, reactions, replies, files, previews,
                Optional.empty());
    }

    /** A message without previews. */
    public Message(long offset, User by, Instant at, String text, String key, long thread, boolean also, List<String> mentions,
                   boolean everyone, Optional<Instant> edited, boolean deleted, boolean pinned, List<Reaction> reactions,
                   Optional<Replies> replies, List<AttachedFile> files) {
        this(offset, by, at, text, key, thread, also, mentions, everyone, edited, deleted, pinned, reactions, replies, files, List.of());
    }

    /** A message without files and previews. */
    public Message(long offset, User by, Instant at, String text, String key, long thread, boolean also, List<String> mentions,
                   boolean everyone, Optional<Instant> edited, boolean deleted, boolean pinned, List<Reaction> reactions,
                   Optional<Replies> replies) {
        this(offset, by, at, text, key, thread, also, mentions, everyone, edited, deleted, pinned, reactions, replies, List.of(),
                List.of());
    }

    /**
     * The reactions with one emoji.
     *
     * @param by ids of the first people who reacted so
     * @param mine whether the reader is one of all of them
     */
    public record Reaction(String emoji, int count, List<String> by, boolean mine) {}

    /**
     * The replies in a thread that are not deleted.
     *
     * @param last when the last one was posted
     * @param by ids of the first people who replied
     */
    public record Replies(int count, Instant last, List<String> by) {}

    /** A text that a message had from a time on. */
    public record Version(Instant at, String text) {}
}
