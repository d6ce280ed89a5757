package parley.limits;

import java.util.concurrent.TimeUnit;

/**
 * A rate limit: this many units a minute, and as many at once. An amount is counted as the time in which it comes back, in nanoseconds.
 *
 * @param perMinute 1 to 100,000,000
 */
record Rate(int perMinute) {

    /** The amount that may be used at once: the units of a minute. */
    static final long FULL = TimeUnit.MINUTES.toNanos(1);

    private static final long MOST_UNITS = 100_000_000;

    /** How long it takes until this many units come back. */
    long nanos(long units) {
        return Math.clamp(units, 0, MOST_UNITS) * FULL / perMinute;
    }

    /** A tenth of the rate: the use that is worth reporting to other instances. */
    long reportable() {
        return Math.max(1, perMinute / 10);
    }
}
