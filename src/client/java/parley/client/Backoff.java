package parley.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** The waits between attempts: exponential with full jitter, so that many clients do not come back at the same moment. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final DoubleSupplier random;
    private int failures;

    /** @param random numbers from 0 to 1 */
    Backoff(Duration first, Duration longest, DoubleSupplier random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The wait before the next attempt: a random part of a bound that doubles with each failure. */
    Duration next() {
        long bound = first.toMillis() << Math.min(failures, 20);
        failures++;
        return Duration.ofMillis((long) (random.getAsDouble() * Math.min(bound, longest.toMillis())));
    }

    /** The failures since the last success. */
    int failures() {
        return failures;
    }

    /** An attempt succeeded. */
    void reset() {
        failures = 0;
    }
}
