package parley.journal;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The container's threads, which carry its transactions and naming, with names that a thread dump can be read by. */
@ApplicationScoped
public class ManagedThreads {

    @Resource
    private ManagedThreadFactory factory;

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
