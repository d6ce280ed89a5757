package parley.lease;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * One task on this instance: a thread that looks periodically whether there is something to do, and the lease under which it does it. Each
 * bean that injects this has its own. Every thread may call {@link #start}, {@link #repeat} and {@link #wake}; the other methods are for
 * the thread of the task.
 */
@Dependent
public class LeasedWork {

    /** A step extends the lease once a part of it has passed: one of so many. */
    private static final int PARTS = 30;

    private final ManagedThreads managed;
    private final Leases leases;
    private Task task;
    private Duration lease;
    private volatile Loop loop;
    private long extendAt;

    /** Looks whether there is something to do, and does it. */
    public interface Look {
        void look() throws InterruptedException;
    }

    /** The instance stops, or another one does the work. */
    public static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Inject
    LeasedWork(ManagedThreads managed, Leases leases) {
        this.managed = managed;
        this.leases = leases;
    }

    /**
     * Starts the thread. Further calls do nothing.
     *
     * @param pause the time before each look
     * @param length how long no other instance gets the task after {@link #take} or a step
     * @param look takes the lease before it does something, and reports its steps
     */
    public synchronized void start(Task leased, Duration pause, Duration length, Look look) {
        if (loop == null) {
            task = leased;
            lease = length;
            loop = managed.repeatWork(task.title(), pause, running -> look(running, look));
        }
    }

    /** The same for work that is done after each pause, on the instance that has the lease. */
    public void repeat(Task leased, Duration pause, Duration length, Runnable work) {
        start(leased, pause, length, () -> {
            if (take()) {
                work.run();
            }
        });
    }

    private void look(Loop running, Look look) {
        // The thread may be faster than the one that started it.
        loop = running;
        try {
            look.look();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks now instead of after the pause. Does nothing before the start: the first look finds what there is to do. */
    public void wake() {
        Loop started = loop;
        if (started != null) {
            started.wake();
        }
    }

    /** A step is complete. Takes or extends the lease; returns false if another instance has it, or if this one stops. */
    public boolean take() {
        loop.completed();
        if (isStopping()) {
            return false;
        }
        long now = System.nanoTime();
        boolean taken = leases.take(task, lease);
        extendAt = now + (taken ? lease.toNanos() / PARTS : 0);
        return taken;
    }

    /** A step is complete. Extends the lease; throws {@link Interrupted} if this instance stops, or another one has the lease. */
    public void goOn() {
        if (!mayGoOn()) {
            throw new Interrupted();
        }
    }

    /** The same, but returns false instead of throwing. */
    public boolean mayGoOn() {
        loop.completed();
        return !isStopping() && (System.nanoTime() - extendAt < 0 || take());
    }

    /** Whether this instance stops. A failure may be a consequence of that. */
    public boolean isStopping() {
        return !loop.goesOn();
    }

    /** The same, or whether another one does the work: after a long pause, both may have written the same. */
    public boolean isOver() {
        return !take();
    }
}
