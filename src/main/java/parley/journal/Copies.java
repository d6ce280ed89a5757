package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Whether messages are stored a second time, in table {@code message}: the previous version reads them there. They are until it is known
 * that no instance of it may be running. Safe for every thread.
 */
@ApplicationScoped
public class Copies {

    private volatile boolean needed = true;

    /** Whether an instance may read the copies. Ask once for each transaction. */
    public boolean needed() {
        return needed;
    }

    /** Sets what {@link #needed} returns. Transactions that run are not affected. */
    public void needed(boolean now) {
        needed = now;
    }
}
