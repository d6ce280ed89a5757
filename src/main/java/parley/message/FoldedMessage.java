package parley.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import parley.protocol.AttachedFile;
import parley.protocol.LinkPreview;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.ExactMessage;

/**
 * A message of a room that stores none: the fold of the events about it. Immutable.
 *
 * @param previewsRemoved whether its author removed one
 * @param reactions user ids by emoji
 */
record FoldedMessage(String author, Instant at, long thread, String text, List<String> mentions, boolean deleted, int edits,
                     List<LinkPreview> previews, boolean previewsRemoved, boolean pinned, PMap<String, PSet<String>> reactions)
        implements ExactMessage {

    /** The message at an offset after these events, in order; empty if none of them posted it. */
    static Optional<ExactMessage> of(long offset, List<RoomEvent> events) {
        FoldedMessage message = null;
        for (RoomEvent event : events) {
            if (event.offset() == offset && event.change() instanceof MessageChange.Posted posted) {
                message = new FoldedMessage(event.by().id(), event.at(), posted.thread(), posted.text(), posted.mentions(),
                        posted.deleted(), 0, List.of(), false, false, HashTreePMap.empty());
            } else if (message != null && event.change() instanceof MessageChange.OfMessage change && change.message() == offset) {
                message = message.after(change, event.by().id());
            }
        }
        return Optional.ofNullable(message);
    }

    private FoldedMessage after(MessageChange.OfMessage change, String user) {
        return switch (change) {
            case MessageChange.Edited edited -> edited.deleted() ? this
                    : new FoldedMessage(author, at, thread, edited.text(), edited.mentions(), deleted, edits + 1, edited.previews(),
                    previewsRemoved, pinned, reactions);
            case MessageChange.Deleted gone -> new FoldedMessage(author, at, thread, "", List.of(), true, 0, List.of(), false, false,
                    HashTreePMap.empty());
            // A room that stores no messages has no removals that could be undone.
            case MessageChange.Restored restored -> this;
            case MessageChange.ReactionAdded added -> with(reactions.plus(added.emoji(), users(added.emoji()).plus(user)));
            case MessageChange.ReactionRemoved removed -> without(removed.emoji(), user);
            case MessageChange.Pinned pin -> pinned(true);
            case MessageChange.Unpinned unpin -> pinned(false);
            case MessageChange.Previewed previewed -> new FoldedMessage(author, at, thread, text, mentions, deleted, edits,
                    previewed.previews(), previewsRemoved || previewed.removed(), pinned, reactions);
        };
    }

    private FoldedMessage without(String emoji, String user) {
        PSet<String> others = users(emoji).minus(user);
        return with(others.isEmpty() ? reactions.minus(emoji) : reactions.plus(emoji, others));
    }

    private FoldedMessage with(PMap<String, PSet<String>> changed) {
        return new FoldedMessage(author, at, thread, text, mentions, deleted, edits, previews, previewsRemoved, pinned, changed);
    }

    private FoldedMessage pinned(boolean now) {
        return new FoldedMessage(author, at, thread, text, mentions, deleted, edits, previews, previewsRemoved, now, reactions);
    }

    private PSet<String> users(String emoji) {
        return reactions.getOrDefault(emoji, HashTreePSet.empty());
    }

    /** A room that stores no messages has no files. */
    @Override
    public List<AttachedFile> files() {
        return List.of();
    }

    @Override
    public boolean hasReaction(String user, String emoji) {
        return users(emoji).contains(user);
    }

    @Override
    public int emojis() {
        return reactions.size();
    }

    @Override
    public boolean hasEmoji(String emoji) {
        return reactions.containsKey(emoji);
    }
}
