package parley.limits;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one user or address has left of a {@link Rate}: a token bucket. It stores the time when it will be full again (the generic cell
 * rate algorithm, ITU-T I.371 annex A), so nothing has to refill it. Lock-free, safe for every thread. All amounts and times are in
 * nanoseconds; times are those of {@link System#nanoTime}.
 */
final class Bucket {

    /** How far use at other instances may overdraw it, so that using several instances at once gains nothing. */
    static final long MOST_OVERDRAWN = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong fullAt;
    private final AtomicLong unreported = new AtomicLong();

    /** A full bucket at this time. */
    Bucket(long now) {
        fullAt = new AtomicLong(now);
    }

    /** Takes this amount and answers 0, or takes nothing and answers after how long the bucket will hold the amount. */
    long take(long nanos, long now) {
        while (true) {
            long before = fullAt.get();
            long after = Math.max(before - now, 0) + nanos;
            if (after > Rate.FULL) {
                return after - Rate.FULL;
            }
            if (fullAt.compareAndSet(before, now + after)) {
                return 0;
            }
        }
    }

    /** Takes what was used at another instance, even if the bucket holds less. */
    void charge(long nanos, long now) {
        fullAt.updateAndGet(before -> now + Math.min(Math.max(before - now, 0) + nanos, Rate.FULL + MOST_OVERDRAWN));
    }

    /** Adds units taken here to those not yet reported to other instances; answers their sum. */
    long addUnreported(long units) {
        return unreported.addAndGet(units);
    }

    /** The units not yet reported; from now on they count as reported. */
    long takeUnreported() {
        return unreported.getAndSet(0);
    }
}
