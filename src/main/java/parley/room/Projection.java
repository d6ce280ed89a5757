package parley.room;

import jakarta.persistence.EntityManager;
import java.util.List;
import parley.protocol.RoomEvent;
import parley.sql.Rows;
import parley.sql.Slice;

/**
 * Turns events into rows for queries, in the transaction that stores the events. Every such table can be rebuilt from the log.
 * The journal calls it in the order of each room, except that messages may come after other events of their batch.
 */
public interface Projection {

    /**
     * Brings this projection's tables from before these events, of one room or of several, to after them.
     *
     * @param copied whether the messages that these events post are stored outside of the log too
     */
    void project(List<RoomEvent> events, boolean copied, EntityManager em);

    /**
     * The rows that {@link #project} would insert for these events, each of which posts a message that is no reply. All of them have a
     * column {@code room}.
     */
    List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied);

    /** Removes what this projection derived from the messages of a room ({@link parley.protocol.MessageChange}) up to an offset. */
    void forget(String room, long upTo, EntityManager em);

    /**
     * Replaces what this projection derived from the messages of a slice by what it derived from messages of another room id.
     *
     * @param copied whether the messages are stored outside of the log too; if not, the journal moves them to the log
     */
    void replace(Slice slice, String other, boolean copied, EntityManager em);
}
