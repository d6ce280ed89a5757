package parley.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parley.protocol.AttachedFile;
import parley.protocol.Problem;
import parley.protocol.Retention;

/** What the logs hold that a room's view does not: asked while a command is decided, in the same transaction. */
public interface DecisionContext {

    /** Whether the quota lets this user own another room; true without a quota. */
    default boolean mayOwnAnother(String user) {
        return true;
    }

    /** Whether the quota lets this user join another room; true without a quota. */
    default boolean mayJoinAnother(String user) {
        return true;
    }

    /** Whether the quota lets this user open another direct room; true without a quota. */
    default boolean mayOpenAnotherDirectRoom(String user) {
        return true;
    }

    /** Refuses a retention that the installation doesn't allow. */
    default Optional<Problem> keeping(Retention retention) {
        return Optional.empty();
    }

    /** Whether {@code by} has blocked {@code user}; only asked in direct rooms of two. */
    default boolean isBlocked(String by, String user) {
        return false;
    }

    /** The offset of the message that this author posted under this key, if there is one. */
    OptionalLong posted(RoomView room, String author, String key);

    /** As {@link #posted}, but certain: also for a message that this instance does not remember. */
    default OptionalLong postedEver(RoomView room, String author, String key) {
        return posted(room, author, key);
    }

    /**
     * Those of these files that this person may put into a message of the room now: their own, uploaded to this room, ready, and in no
     * message. In the order of the ids. Each is locked until the end of the transaction.
     */
    default List<AttachedFile> attachable(RoomView room, String owner, List<String> ids) {
        return List.of();
    }

    /** When this person posted last in the room, if that was at this time or later. Not asked for plain posts in other than slow rooms. */
    default Optional<Instant> lastPosted(RoomView room, String author, Instant since) {
        return Optional.empty();
    }

    /** The document of the room with this id. */
    default Optional<DocumentHead> document(RoomView room, String id) {
        return Optional.empty();
    }

    /** The version of the update of a document that this author stored under this key, if there is one. */
    default OptionalLong updated(String document, String author, String key) {
        return OptionalLong.empty();
    }

    /** How many documents the room has. */
    default int documents(RoomView room) {
        return 0;
    }

    /** What the rules of the installation and of the room say about a text. Never waits. */
    default Verdict verdict(RoomView room, String text) {
        return Verdict.ALLOWED;
    }

    /** The message at this offset of the room, if it is one. */
    Optional<ExactMessage> message(RoomView room, long offset);

    /** How many messages of the room are pinned. */
    int pins(RoomView room);

    /** Whether another public room has a name that looks like this one. */
    boolean isNameTaken(String room, String name);
}
