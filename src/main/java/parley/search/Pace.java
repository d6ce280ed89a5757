package parley.search;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets those who post go first: while this instance commits very many messages, indexing takes a twentieth of one processor, and what is
 * new is found later. Notes come from any thread; the rest is for one thread.
 */
final class Pace {

    /** The most events a second with which indexing keeps up. */
    static final int MOST_PER_SECOND = 2_000;
    private static final int REST_FACTOR = 19;
    private static final long LASTS_NANOS = Duration.ofSeconds(2).toNanos();
    private static final double SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier clock;
    private final AtomicLong committed = new AtomicLong();
    private long seen;
    private long seenAt;
    private long busyUntil;
    private long restUntil;

    /** @param clock {@link System#nanoTime} */
    Pace(LongSupplier clock) {
        this.clock = clock;
        seenAt = busyUntil = restUntil = clock.getAsLong();
    }

    /** This instance committed so many events. */
    void note(int events) {
        committed.addAndGet(events);
    }

    /** Whether to index now. Ask at least every second. */
    boolean allows() {
        long now = clock.getAsLong();
        long before = seen;
        seen = committed.get();
        if ((seen - before) * SECOND > (double) MOST_PER_SECOND * (now - seenAt)) {
            busyUntil = now + LASTS_NANOS;
        }
        seenAt = now;
        return now - busyUntil >= 0 || now - restUntil >= 0;
    }

    /** Indexing took the time since then. */
    void worked(long since) {
        long now = clock.getAsLong();
        restUntil = now + REST_FACTOR * (now - since);
        // What was committed meanwhile counts as committed over that time.
        seenAt = since;
    }
}
