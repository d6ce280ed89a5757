package parley.threads;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import parley.metrics.Metrics;

/**
 * The container's threads, which carry its transactions and naming, with names that a thread dump can be read by. Stops the loops that it
 * started when the application stops: first the tasks, because the container takes the database from their threads before it destroys this
 * bean, then the loops that other beans need until they are destroyed.
 */
@ApplicationScoped
public class ManagedThreads {

    /** How long one step may take, for example because the database is slow. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);

    /** How long the steps in progress may take when the application stops. */
    private static final Duration LAST_STEP = Duration.ofSeconds(2);

    private final List<Loop> loops = new CopyOnWriteArrayList<>();
    private final List<Loop> tasks = new CopyOnWriteArrayList<>();
    // Guarded by this.
    private boolean stopping;

    @Resource
    private ManagedThreadFactory factory;
    @Inject
    private Metrics metrics;

    /** For the container. */
    protected ManagedThreads() {
    }

    ManagedThreads(ManagedThreadFactory factory) {
        this.factory = factory;
    }

    /**
     * A pool of this many threads, named {@code parley-name-1} and so on, also in the metrics. It rejects tasks while its queue is
     * full. All threads start now, on a thread that the container knows.
     */
    public ExecutorService pool(String name, int threads, int queue) {
        BoundedPool pool = new BoundedPool(threads, queue, named("parley-" + name));
        metrics.queue(name, queue, pool::waiting, pool::oldest);
        pool.prestartAllCoreThreads();
        return pool;
    }

    /**
     * Starts a thread that does something periodically until the application stops or the returned loop is stopped. A failure ends only the
     * present run and is logged.
     *
     * @param what names the thread, as {@code parley-} and this with hyphens, and the task in the log
     */
    public Loop repeat(String what, Duration pause, Runnable task) {
        return repeatWork(what, pause, loop -> task.run());
    }

    /** The same for long work, which has to report its completed steps to the loop and has to return when the loop does not go on. */
    public Loop repeatWork(String what, Duration pause, Consumer<Loop> task) {
        return startTask(what, pause.plus(LONGEST_STEP), new PeriodicTask(what, pause, task));
    }

    /** The same as {@link #start}, for a body that may take a lease: {@link #stopTasks} ends it. */
    public Loop startTask(String what, Consumer<Loop> body) {
        return startTask(what, LONGEST_STEP, body);
    }

    private Loop startTask(String what, Duration longestStep, Consumer<Loop> body) {
        Loop task = loop(what, longestStep, body);
        synchronized (this) {
            // Startup that waits for the database may reach this after the application has begun to stop.
            if (stopping) {
                task.stop();
                return task;
            }
            tasks.add(task);
            begin(task);
        }
        return task;
    }

    /**
     * Starts a thread with this body, which has to report its completed steps and has to return when the loop does not go on. If it throws,
     * it starts again.
     */
    public Loop start(String what, Consumer<Loop> body) {
        Loop loop = loop(what, LONGEST_STEP, body);
        begin(loop);
        return loop;
    }

    private static Loop loop(String what, Duration longestStep, Consumer<Loop> body) {
        return new Loop("parley-" + what.replace(' ', '-'), longestStep, body);
    }

    private void begin(Loop loop) {
        Thread thread = factory.newThread(loop);
        thread.setName(loop.name());
        thread.setDaemon(true);
        loops.add(loop);
        loop.start(thread);
    }

    /** The names of the loops that have completed no step for too long, each with the time. */
    public Map<String, String> late() {
        long now = System.nanoTime();
        Map<String, String> late = new TreeMap<>();
        loops.forEach(loop -> loop.lateness(now).ifPresent(how -> late.put(loop.name(), how)));
        return late;
    }

    /**
     * Ends what is repeated, while it still has the database: no task begins afterwards. Waits up to 2 s for the present runs. Returns
     * whether all have ended; those that have not, end after their present step.
     */
    public boolean stopTasks() {
        synchronized (this) {
            stopping = true;
        }
        return stop(tasks).isEmpty();
    }

    @PreDestroy
    void stop() {
        stopTasks();
        stop(loops).forEach(Loop::interrupt);
    }

    // Returns those that have not ended in time.
    private static List<Loop> stop(List<Loop> all) {
        all.forEach(Loop::stop);
        long end = System.nanoTime() + LAST_STEP.toNanos();
        List<Loop> left = new ArrayList<>(all);
        try {
            while (!left.isEmpty() && left.getFirst().join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                left.removeFirst();
            }
            // The others had the same time.
            left.removeIf(loop -> !loop.isRunning());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    /** A thread called {@code parley-name-timer-1}, for what has to happen later unless it is cancelled. It runs from now on. */
    public ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("parley-" + name + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        timer.prestartCoreThread();
        return timer;
    }

    /** A factory of threads called {@code name-1}, {@code name-2} … that don't keep the server from stopping. */
    public ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = factory.newThread(task);
            thread.setName(name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
