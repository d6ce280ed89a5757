package parley.journal;

import jakarta.persistence.EntityManager;

/**
 * Is told which stored events were rewritten or deleted. CDI beans implement it. The journal calls them in the transaction that did it,
 * after the rows changed and while the head of the room is locked. If they throw, nothing changes. Never called for posts.
 */
public interface Rewrites {

    /** The rows of these events have changed or are gone. */
    void rewritten(Rewritten rewritten, EntityManager em);
}
