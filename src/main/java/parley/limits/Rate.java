package parley.limits;

import java.util.concurrent.TimeUnit;

/**
 * So many units a minute, and as many at once. Units are counted as the time in which they come back, in nanoseconds.
 *
 * @param aMinute 1 to 100,000,000
 */
record Rate(int aMinute) {

    /** What may be used at once: a minute's worth. */
    static final long WHOLE = TimeUnit.MINUTES.toNanos(1);

    private static final long MOST_UNITS = 100_000_000;

    /** How long it takes until so many units are there again. */
    long nanos(long units) {
        return Math.clamp(units, 0, MOST_UNITS) * WHOLE / aMinute;
    }

    /** A tenth of it: what is worth telling other nodes. */
    long noticeable() {
        return Math.max(1, aMinute / 10);
    }
}
