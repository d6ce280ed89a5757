package parley.threads;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A thread that repeats its steps until it is stopped. If its body throws, even an {@link Error}, the body starts again after a pause. The
 * body reports each completed step; liveness names a loop without one for too long. Safe for every thread.
 */
public final class Loop implements Runnable {

    private static final Logger LOG = Logger.getLogger(Loop.class.getName());
    private static final long PAUSE_MILLIS = 1_000;

    private final String name;
    private final long longestStep;
    private final Consumer<Loop> body;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile long completedAt = System.nanoTime();
    private volatile Thread thread;
    private volatile boolean pauses;
    // Guarded by this.
    private boolean stopped;
    private boolean woken;

    /**
     * @param longestStep a loop that completes no step for this time is late
     * @param body returns only when it should not go on
     */
    public Loop(String name, Duration longestStep, Consumer<Loop> body) {
        this.name = name;
        this.longestStep = longestStep.toNanos();
        this.body = body;
    }

    void start(Thread started) {
        thread = started;
        started.start();
    }

    /** The name of the thread. */
    public String name() {
        return name;
    }

    /** The body has completed a step. */
    public void completed() {
        completedAt = System.nanoTime();
    }

    /**
     * Waits this long before the next step, or until the loop is woken or stopped. A body that calls this is never interrupted by
     * {@link #stop}: its step ends first. H2 closes the whole database when a thread that writes to it is interrupted.
     */
    public void pause(Duration pause) throws InterruptedException {
        pauses = true;
        long end = System.nanoTime() + pause.toNanos();
        synchronized (this) {
            for (long left = pause.toNanos(); !stopped && !woken && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            woken = false;
        }
    }

    /** Ends the present pause, or the next one if a step is in progress. */
    public synchronized void wake() {
        woken = true;
        notifyAll();
    }

    /** Whether the loop should go on. */
    public boolean goesOn() {
        return !isStopped() && !Thread.currentThread().isInterrupted();
    }

    /** Whether {@link #stop} was called, from any thread. */
    synchronized boolean isStopped() {
        return stopped;
    }

    /** Ends the loop after its present step. Interrupts it only if its body does not {@link #pause}. */
    public void stop() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        if (!pauses) {
            interrupt();
        }
    }

    // A loop that was stopped before its start has no thread.
    void interrupt() {
        Thread started = thread;
        if (started != null) {
            started.interrupt();
        }
    }

    /** Waits for the end of a loop that was stopped. Returns false if that takes too long. */
    public boolean join(Duration atMost) throws InterruptedException {
        Thread started = thread;
        return started == null || started.join(atMost);
    }

    boolean isRunning() {
        Thread started = thread;
        return started != null && started.isAlive();
    }

    /** For how long no step was completed, as text for the administrator; empty if that is no longer than a step may take. */
    Optional<String> lateness(long now) {
        long idle = now - completedAt;
        return ended.get() || idle <= longestStep ? Optional.empty()
                : Optional.of("completed nothing for " + TimeUnit.NANOSECONDS.toSeconds(idle) + " s");
    }

    @Override
    public void run() {
        while (!ended.get() && !isStopped()) {
            try {
                body.accept(this);
                ended.set(true);
            } catch (Throwable failed) {
                LOG.log(Level.SEVERE, "The thread " + name + " failed; it starts again", failed);
                pauseAfterFailure();
            }
        }
        ended.set(true);
    }

    private void pauseAfterFailure() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            ended.set(true);
        }
    }
}
