package parley.journal;

import jakarta.persistence.EntityManager;
import java.util.List;

/** Keeps what bulk removals delete, until their undoing takes it back. Each call is part of the running transaction. */
public interface RemovedOriginals {

    /** Keeps the frames, reactions and pins of these messages of a room. Called before they are removed from the log. */
    void keep(String room, String removal, List<Long> messages, EntityManager em);

    /** The kept frames of these messages, each once: those that posted them, and their later texts. It keeps them no longer. */
    List<LoggedFrame> take(String room, List<Long> messages, EntityManager em);
}
