package parley.bus;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/** Counts refused messages and logs them at most once a minute, so that their sender can't fill the log. Thread-safe. */
final class RefusalLog {

    private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private final IntConsumer counter;
    private final Consumer<String> log;
    private final LongSupplier clock;
    private long unlogged;
    private long loggedAt;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    RefusalLog(IntConsumer counter, Consumer<String> log, LongSupplier clock) {
        this.counter = counter;
        this.log = log;
        this.clock = clock;
        this.loggedAt = clock.getAsLong() - INTERVAL;
    }

    /** Records that a number of messages was refused; 0 does nothing. */
    synchronized void record(Refusal reason, int messages) {
        if (messages == 0) {
            return;
        }
        counter.accept(messages);
        unlogged += messages;
        long now = clock.getAsLong();
        if (now - loggedAt >= INTERVAL) {
            log.accept("Refused " + unlogged + " message(s) on the topic since the last report. Reason of the latest: " + reason.text());
            loggedAt = now;
            unlogged = 0;
        }
    }
}
