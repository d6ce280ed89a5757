package parley.threads;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
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
 * started when the application stops.
 */
@ApplicationScoped
public class ManagedThreads {

    /** How long one step may take, for example because the database is slow. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);

    /** How long the steps in progress may take when the application stops. */
    private static final Duration LAST_STEP = Duration.ofSeconds(2);

    private final List<Loop> loops = new CopyOnWriteArrayList<>();

    @Resource
    private ManagedThreadFactory factory;
    @Inject
    private Metrics metrics;

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
        return start(what, pause.plus(LONGEST_STEP), new PeriodicTask(what, pause, task));
    }

    /**
     * Starts a thread with this body, which has to report its completed steps and has to return when the loop does not go on. If it throws,
     * it starts again.
     */
    public Loop start(String what, Consumer<Loop> body) {
        return start(what, LONGEST_STEP, body);
    }

    private Loop start(String what, Duration longestStep, Consumer<Loop> body) {
        Loop loop = new Loop("parley-" + what.replace(' ', '-'), longestStep, body);
        Thread thread = factory.newThread(loop);
        thread.setName(loop.name());
        thread.setDaemon(true);
        loops.add(loop);
        loop.start(thread);
        return loop;
    }

    /** The names of the loops that have completed no step for too long, each with the time. */
    public Map<String, String> late() {
        long now = System.nanoTime();
        Map<String, String> late = new TreeMap<>();
        loops.forEach(loop -> loop.lateness(now).ifPresent(how -> late.put(loop.name(), how)));
        return late;
    }

    @PreDestroy
    void stop() {
        loops.forEach(Loop::stop);
        long end = System.nanoTime() + LAST_STEP.toNanos();
        try {
            for (Loop loop : loops) {
                if (!loop.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    loop.interrupt();
                }
            }
        } catch (InterruptedException stopping) {
            loops.forEach(Loop::interrupt);
            Thread.currentThread().interrupt();
        }
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
