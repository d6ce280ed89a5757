package parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A thread that writes to its share of the connections. Its queue holds each outbox at most once, so it is bounded by the number of
 * connections. It sleeps if nothing is due. A batch for many connections wakes it once. After each round it pauses in proportion to
 * the time of the round: frames that arrive in the pause are written together, which makes writing cheap under load and costs
 * nothing without.
 */
class Flusher implements Runnable {

    private static final Logger LOG = Logger.getLogger(Flusher.class.getName());
    private static final long LOOK_AGAIN_MILLIS = 1_000;
    /** Pause in proportion to work: a flusher uses at most a quarter of a core, unless the pause would exceed its bound. */
    private static final int REST = 3;
    private static final long SHORTEST_REST = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(20);

    private final WriteBatch batch = new WriteBatch();
    private final LongConsumer delay;

    // All below are guarded by this.
    private List<Outbox> due = new ArrayList<>();
    private List<Outbox> spare = new ArrayList<>();
    private boolean asleep;

    /** @param delay receives how long an event waited for its write, in nanoseconds */
    Flusher(LongConsumer delay) {
        this.delay = delay;
    }

    /** Records the delay of events that have waited since then, unless it is {@link Outbox#NEVER}. Only on this flusher's thread. */
    void writes(long since) {
        if (since != Outbox.NEVER) {
            delay.accept(System.nanoTime() - since);
        }
    }

    /** Queues this outbox for the next round. */
    synchronized void add(Outbox outbox) {
        due.add(outbox);
    }

    /** Has what is due flushed now. */
    synchronized void wake() {
        if (asleep && !due.isEmpty()) {
            asleep = false;
            notify();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                List<Outbox> round = takeDue();
                long begun = System.nanoTime();
                round.forEach(this::flush);
                giveBack(round);
                rest(System.nanoTime() - begun);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Outbox> takeDue() throws InterruptedException {
        while (due.isEmpty()) {
            asleep = true;
            wait(LOOK_AGAIN_MILLIS);
        }
        asleep = false;
        List<Outbox> round = due;
        due = spare;
        return round;
    }

    private synchronized void giveBack(List<Outbox> round) {
        round.clear();
        spare = round;
    }

    private static void rest(long worked) throws InterruptedException {
        long rest = Math.min(REST * worked, LONGEST_REST);
        if (rest >= SHORTEST_REST) {
            TimeUnit.NANOSECONDS.sleep(rest);
        }
    }

    private void flush(Outbox outbox) {
        try {
            if (outbox.flush(batch)) {
                add(outbox);
            }
        } catch (RuntimeException | Error defect) {
            // This thread serves many connections, so only this one ends.
            LOG.log(Level.WARNING, "A connection could not be written to; it is closed", defect);
            outbox.failed();
        }
    }
}
