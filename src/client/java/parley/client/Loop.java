package parley.client;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The one thread that owns the state of a client. Tasks run one after the other, in the order of the calls. They must not wait. */
final class Loop {

    private static final Duration LAST_TASKS = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor thread;
    private final Consumer<Throwable> defects;

    /** @param defects receives what a task throws, on the loop's thread */
    Loop(Consumer<Throwable> defects) {
        this.defects = defects;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "parley-client");
            daemon.setDaemon(true);
            return daemon;
        }, new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs a task soon. Ignores it after the end. */
    void run(Runnable task) {
        thread.execute(() -> attempt(task));
    }

    /** Runs a task after a delay. */
    Future<?> after(Duration delay, Runnable task) {
        return thread.schedule(() -> attempt(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Runs a task again and again, with this pause between two runs. */
    Future<?> every(Duration pause, Runnable task) {
        return thread.scheduleWithFixedDelay(() -> attempt(task), pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the thread after a while, in which the tasks that were given before run. */
    void end() {
        after(LAST_TASKS, thread::shutdown);
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (Throwable defect) {
            defects.accept(defect);
        }
    }
}
