package parley.room;

import java.util.UUID;

/**
 * The head of a room's log, locked for the running transaction: nobody else numbers events of this room until it ends.
 * What is changed here is stored by {@link RoomHeads#store}.
 */
public final class RoomHead {

    private final String room;
    private String epoch;
    private long offset;

    RoomHead(String room, String epoch, long offset) {
        this.room = room;
        this.epoch = epoch;
        this.offset = offset;
    }

    /** The room's id. */
    public String room() {
        return room;
    }

    /** The identity of the log. */
    public String epoch() {
        return epoch;
    }

    /** Gives the log a new epoch: positions in the old one are invalid. */
    public void renewEpoch() {
        epoch = UUID.randomUUID().toString();
    }

    /** The offset of the last event. */
    public long offset() {
        return offset;
    }

    /** Moves the head. */
    public void advance(long to) {
        offset = to;
    }
}
