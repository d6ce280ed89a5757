package parley.limits;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one user or address has left of an {@link Rate}: a token bucket that is kept as the moment when it will be
 * full again (the generic cell rate algorithm, ITU-T I.371 annex A), so nothing has to fill it. Safe for every thread,
 * without a lock.
 */
final class Bucket {

    /** How far what others took may empty it below nothing, so that taking at many instances at once does not pay. */
    static final long DEEPEST = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong fullAt;
    private final AtomicLong untold = new AtomicLong();

    /** A full one, at this moment ({@link System#nanoTime}). */
    Bucket(long now) {
        fullAt = new AtomicLong(now);
    }

    /** Takes so much, where it holds that; otherwise takes nothing and answers after how many nanoseconds it will. 0 when it was taken. */
    long take(long nanos, long now) {
        while (true) {
            long before = fullAt.get();
            long after = Math.max(before - now, 0) + nanos;
            if (after > Rate.WHOLE) {
                return after - Rate.WHOLE;
            }
            if (fullAt.compareAndSet(before, now + after)) {
                return 0;
            }
        }
    }

    /** Takes what was used at another instance, whether it is there or not. */
    void charge(long nanos, long now) {
        fullAt.updateAndGet(before -> now + Math.min(Math.max(before - now, 0) + nanos, Rate.WHOLE + DEEPEST));
    }

    /** Notes units that were taken here; answers how many are noted. */
    long note(long units) {
        return untold.addAndGet(units);
    }

    /** What was noted since this was asked last. */
    long noted() {
        return untold.getAndSet(0);
    }
}
