package parley.threads;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import parley.metrics.Metrics;

/** The container's threads, which carry its transactions and naming, with names that a thread dump can be read by. */
@ApplicationScoped
public class ManagedThreads {

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
