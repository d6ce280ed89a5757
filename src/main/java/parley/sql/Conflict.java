package parley.sql;

import jakarta.persistence.PersistenceException;

/** Two transactions that insert the same row at the same time. */
public final class Conflict {

    private Conflict() {
    }

    /**
     * Stores something in a transaction of its own, and once more if the database refuses it: another transaction may have inserted the
     * row, so that it can be updated now.
     */
    public static void repeat(Runnable store) {
        try {
            store.run();
        } catch (PersistenceException insertedMeanwhile) {
            store.run();
        }
    }
}
