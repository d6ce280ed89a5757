package parley.room;

import java.util.UUID;

/**
 * The head of a room's log, locked for the running transaction: nobody else numbers events of this room until it ends.
 */
public final class RoomHead {

    private final Room room;

    RoomHead(Room room) {
        this.room = room;
    }

    /** The room's id. */
    public String room() {
        return room.id();
    }

    /** The identity of the log. */
    public String epoch() {
        return room.epoch();
    }

    /** Gives the log a new identity, with the commit of the running transaction: positions in the old one are void. */
    public void renewEpoch() {
        room.renewEpoch(UUID.randomUUID().toString());
    }

    /** The offset of the last event. */
    public long offset() {
        return room.head();
    }

    /** Moves the head, with the commit of the running transaction. */
    public void advance(long offset) {
        room.advance(offset);
    }
}
