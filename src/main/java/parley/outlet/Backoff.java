package parley.outlet;

import java.time.Duration;

/**
 * How long an outlet waits after failures. It begins short, because most failures are brief and the events behind have to wait, and grows
 * exponentially. Pure.
 */
final class Backoff {

    static final Duration FIRST = Duration.ofMillis(50);
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final double GROWTH = 1.5;
    /** A pause is up to this part longer, so that outlets that failed together don't come back together. */
    private static final double SPREAD = 0.2;

    private Backoff() {
    }

    /**
     * The pause after failures in a row.
     *
     * @param failures at least 1
     * @param chance from 0 to 1
     */
    static Duration after(int failures, double chance) {
        double millis = FIRST.toMillis() * Math.pow(GROWTH, failures - 1.0);
        return Duration.ofMillis((long) (Math.min(millis, (double) LONGEST.toMillis()) * (1 + SPREAD * chance)));
    }
}
