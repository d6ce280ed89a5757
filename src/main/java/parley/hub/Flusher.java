package parley.hub;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A thread that does all writing for its share of the connections. Its queue holds each outbox at most once, so it is
 * bounded by the number of connections.
 */
final class Flusher implements Runnable {

    private static final Logger LOG = Logger.getLogger(Flusher.class.getName());

    private final BlockingQueue<Outbox> due = new LinkedBlockingQueue<>();

    /** Has this outbox flushed, unless it is due already. */
    void schedule(Outbox outbox, AtomicBoolean scheduled) {
        if (scheduled.compareAndSet(false, true)) {
            due.add(outbox);
        }
    }

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                due.take().flush();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException defect) {
                LOG.log(Level.WARNING, "A connection could not be written to", defect);
            }
        }
    }
}
