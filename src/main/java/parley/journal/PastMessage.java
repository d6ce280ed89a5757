package parley.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.protocol.AttachedFile;
import parley.protocol.User;

/**
 * A message that was posted somewhere else before, with what happened to it since.
 *
 * @param at when it was posted there
 * @param key the author's idempotency key: a message is stored once, however often it is added
 * @param answers the first message of the thread that it belongs to; empty for a message of the room
 * @param also whether a reply is shown in the room too
 * @param mentions ids of the users it names
 * @param files ready, uploaded to this room, and in no message
 * @param edited when its text was changed last
 * @param pinnedBy who pinned it
 */
public record PastMessage(User by, Instant at, String key, String text, Optional<Root> answers, boolean also, List<String> mentions,
                          List<AttachedFile> files, Optional<Instant> edited, List<Reaction> reactions, Optional<User> pinnedBy) {

    /** The first message of a thread: its author, and the author's key. */
    public record Root(String author, String key) {}

    /** A reaction to the message. It is stored with the time of the message. */
    public record Reaction(User by, String emoji) {}

    PostKey keyIn(String room) {
        return new PostKey(room, by.id(), key);
    }

    Optional<PostKey> rootIn(String room) {
        return answers.map(root -> new PostKey(room, root.author(), root.key()));
    }
}
