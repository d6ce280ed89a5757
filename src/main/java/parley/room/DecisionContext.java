package parley.room;

import java.util.OptionalLong;

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

    /** The offset of the message that this author posted under this key, if there is one. */
    OptionalLong posted(RoomView room, String author, String key);

    /** Whether this offset of the room is a message. */
    boolean isMessage(String room, long offset);

    /** Whether another public room has a name that looks like this one. */
    boolean isNameTaken(String room, String name);
}
