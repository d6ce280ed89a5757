package parley.room;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The logs of documents. A document belongs to a room, and its updates are numbered while the head of the room's log is locked: one lock
 * orders both, and the rights that decide an update are exact. All calls are part of the journal's transaction.
 */
public interface DocumentLogs {

    /** The document of this room with this id. */
    Optional<DocumentHead> find(String room, String document, EntityManager em);

    /** The version of the update that this author stored under this key. */
    OptionalLong version(String document, String author, String key, EntityManager em);

    /** How many documents the room has. */
    int count(String room, EntityManager em);

    /** The offsets of the room's events that hold a title of this document. */
    List<Long> titles(String document, EntityManager em);

    /** Stores updates, which follow the heads of their documents in order without a gap. */
    void store(List<Decision.Update> updates, EntityManager em);
}
