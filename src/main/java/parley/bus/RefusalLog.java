package parley.bus;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Counts the messages that are not taken, and says so once a minute at most: their sender must not fill the log. Safe for
 * every thread.
 */
final class Refusals {

    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final IntConsumer counter;
    private final Consumer<String> log;
    private final LongSupplier clock;
    private long untold;
    private long toldAt;

    Refusals(IntConsumer counter, Consumer<String> log, LongSupplier clock) {
        this.counter = counter;
        this.log = log;
        this.clock = clock;
        this.toldAt = clock.getAsLong() - QUIET;
    }

    /** So many messages were not taken, or none. */
    synchronized void note(Refusal why, int messages) {
        if (messages == 0) {
            return;
        }
        counter.accept(messages);
        untold += messages;
        long now = clock.getAsLong();
        if (now - toldAt >= QUIET) {
            log.accept(untold + " message(s) on the topic were refused, the last because " + why.sentence());
            toldAt = now;
            untold = 0;
        }
    }
}
