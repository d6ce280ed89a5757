package parley.journal;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The container's threads, which carry its transactions and naming, with names that a thread dump can be read by. */
@ApplicationScoped
public class ManagedThreads {

    @Resource
    private ManagedThreadFactory factory;

    /**
     * A pool of so many threads, which rejects what comes while as many as the queue takes wait. They are made at once, so
     * that it is by a thread which the container knows.
     */
    public ExecutorService pool(String name, int threads, int queue) {
        var pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), named(name));
        pool.prestartAllCoreThreads();
        return pool;
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
