package parley.call;

import java.time.Duration;
import java.time.Instant;

/**
 * After the database was away, instances and people get some time to come back before anything of a call is removed: while it was away,
 * instances could not show themselves, and people could not join again. For one thread.
 */
final class Respite {

    /** The database was away if it was not read for this long. Nobody takes an instance for gone before. */
    static final Duration LONGEST_GAP = CallStore.INSTANCE_GONE;
    /** Instances show themselves once a second, and clients try to join again every few seconds. */
    static final Duration LENGTH = Duration.ofSeconds(15);

    private Instant read;
    private Instant end = Instant.MIN;

    /** The database was read now. */
    void wasRead(Instant now) {
        if (read != null && now.isAfter(read.plus(LONGEST_GAP))) {
            end = now.plus(LENGTH);
        }
        read = now;
    }

    /** Whether something may be removed now. */
    boolean isOver(Instant now) {
        return !now.isBefore(end);
    }
}
