package parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.threads.Loop;

/**
 * Writes to its share of the connections, on its own thread. Its queue holds each outbox at most once, so the number of connections bounds
 * it. It sleeps while nothing is due, and a batch for many connections wakes it once. A round that took long is followed by a pause. Frames
 * that arrive in the pause are written together, which makes writing cheap under load; without load there is no pause.
 */
class Flusher implements Consumer<Loop> {

    private static final Logger LOG = Logger.getLogger(Flusher.class.getName());
    private static final long LOOK_AGAIN_MILLIS = 1_000;
    /** A pause lasts three times as long as the round before it, within its bounds, so that a flusher uses about a quarter of a core. */
    private static final int REST = 3;
    /** A shorter pause is left out. */
    private static final long SHORTEST_REST = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(20);

    private final WriteBatch batch = new WriteBatch();
    private final LongConsumer delay;

    // All below are guarded by this.
    private List<Outbox> due = new ArrayList<>();
    private List<Outbox> spare = new ArrayList<>();
    private boolean asleep;

    /** @param delay receives the time that an event waited for its write, in nanoseconds */
    Flusher(LongConsumer delay) {
        this.delay = delay;
    }

    /**
     * Records the delay of a write. Only this flusher's thread calls it.
     *
     * @param since when its oldest event began to wait; {@link Outbox#NEVER} if it has no event
     */
    void writes(long since) {
        if (since != Outbox.NEVER) {
            delay.accept(System.nanoTime() - since);
        }
    }

    /** Queues this outbox for the next round. */
    synchronized void add(Outbox outbox) {
        due.add(outbox);
    }

    /** Starts a round if this flusher sleeps and an outbox is due. Otherwise does nothing, because the next round follows anyway. */
    synchronized void wake() {
        if (asleep && !due.isEmpty()) {
            asleep = false;
            notify();
        }
    }

    @Override
    public void accept(Loop loop) {
        try {
            while (true) {
                List<Outbox> round = takeDue(loop);
                long begun = System.nanoTime();
                round.forEach(this::flush);
                giveBack(round);
                loop.completed();
                rest(System.nanoTime() - begun);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Outbox> takeDue(Loop loop) throws InterruptedException {
        while (due.isEmpty()) {
            asleep = true;
            wait(LOOK_AGAIN_MILLIS);
            loop.completed();
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
        } catch (Throwable defect) {
            // This thread serves many connections, so end this one and go on.
            outbox.failed();
            LOG.log(Level.WARNING, "A connection could not be written to; it is closed", defect);
        }
    }
}
