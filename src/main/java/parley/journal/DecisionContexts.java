package parley.journal;

import java.util.List;
import parley.protocol.RoomEvent;
import parley.room.DecisionContext;

/**
 * The decision contexts of the journal. The fast one looks up keys of messages in memory and may miss an old one. If the same message is
 * then posted twice, the commit finds it and stores nothing, and the journal decides the batch again with the certain one.
 */
public interface DecisionContexts {

    /** The fast context: the keys that this instance remembers. It may miss one. */
    DecisionContext remembered();

    /** The certain context: the keys in the database, read in the running transaction. */
    DecisionContext certain();

    /** The context of a room that stores no messages: those in memory, after further events. */
    DecisionContext inMemory(List<RoomEvent> further);
}
