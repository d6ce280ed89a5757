package parley.imports;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import parley.lease.LeasedWork;

/**
 * How far an import is. Now and then it is stored, and the work ends if it was cancelled or if this instance may no longer do it. For one
 * thread.
 */
final class Progress implements Export.Steps {

    /** The administrator cancelled the import. */
    static final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Stores progress. */
    interface Store {
        /** Returns whether the import was cancelled. */
        boolean store(long posts, long done, long added, int rooms);
    }

    private static final long EVERY_NANOS = 250_000_000L;
    private static final int STEPS = 64;

    private final Store store;
    private final BooleanSupplier mayGoOn;
    private final LongSupplier nanoTime;
    private long steps;
    private long storedAt;
    private long posts;
    private long done;
    private long added;
    private long addedBefore;
    private int rooms;

    Progress(Store store, BooleanSupplier mayGoOn, LongSupplier nanoTime) {
        this.store = store;
        this.mayGoOn = mayGoOn;
        this.nanoTime = nanoTime;
        storedAt = nanoTime.getAsLong();
    }

    @Override
    public void step() {
        if (++steps % STEPS == 0) {
            look();
        }
    }

    /** Stores progress if that is a quarter of a second ago. */
    void look() {
        if (nanoTime.getAsLong() - storedAt >= EVERY_NANOS) {
            storeNow();
        }
    }

    void storeNow() {
        if (!mayGoOn.getAsBoolean()) {
            throw new LeasedWork.Interrupted();
        }
        storedAt = nanoTime.getAsLong();
        long more = added - addedBefore;
        addedBefore = added;
        if (store.store(posts, done, more, rooms)) {
            throw new Cancelled();
        }
    }

    void posts(long all) {
        posts = all;
    }

    void done(int more) {
        done += more;
    }

    void added(int more) {
        added += more;
    }

    void room() {
        rooms++;
    }
}
