package parley.room;

import jakarta.persistence.EntityManager;
import java.util.List;
import parley.protocol.RoomEvent;

/**
 * Turns events into the rows that people query, in the transaction that stores the event. So every such table can be
 * made anew from the log. Called by the journal, in the order of each room but for what is said: that comes after the rest of its batch.
 */
public interface Projection {

    /** Brings this projection's tables from before these events, of one room or of several, to after them. */
    void project(List<RoomEvent> events, EntityManager em);

    /** Removes what this projection holds of what was said in a room ({@link parley.protocol.MessageChange}) up to an offset. */
    void forget(String room, long upTo, EntityManager em);

    /** Removes what this projection holds of a room, so that it can be made anew from its first event. */
    void clear(String room, EntityManager em);
}
