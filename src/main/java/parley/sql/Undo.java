package parley.sql;

import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.function.Supplier;

/** Undoes the running transaction when its work ends with an {@link Error}. */
public final class Undo {

    private Undo() {
    }

    /** Does the work and returns its result. */
    public static <T> T onError(TransactionSynchronizationRegistry transaction, Supplier<T> work) {
        try {
            return work.get();
        } catch (Error defect) {
            // Only exceptions make the container roll back: after an Error it would commit what was written so far.
            transaction.setRollbackOnly();
            throw defect;
        }
    }
}
