package parley.journal;

import jakarta.persistence.EntityManager;

/**
 * Takes what leaves the log, before it is rewritten or deleted. CDI beans implement it. The journal calls them in the transaction of the
 * removal, while the head of the room is locked: what they store is committed with the removal or not at all, and if they throw, nothing is
 * removed.
 */
public interface Originals {

    /**
     * Whether this bean takes what leaves this room now. Asked once for each removal, also of edits, and never for posts. The answer has to
     * hold until the transaction ends.
     */
    boolean wants(String room, EntityManager em);

    /** Takes what leaves a room that this bean wants. A removal of more than {@link Leaving#MOST} events calls it several times. */
    void take(Leaving leaving, EntityManager em);
}
