package parley.threads;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import parley.settings.Settings;

/**
 * The threads that wait for the database on behalf of connections. Their number and their queue are bounded: a read
 * past the bound fails at once with {@link RejectedExecutionException}.
 */
@ApplicationScoped
public class ReaderPool {

    private ExecutorService threads;

    /** For the container's proxy. */
    protected ReaderPool() {
    }

    @Inject
    public ReaderPool(Settings settings, ManagedThreads managed) {
        threads = managed.pool("reader", settings.readers().threads(), settings.readers().queue());
    }

    /** Runs this read on one of the threads and returns its result. */
    public <T> CompletableFuture<T> read(Supplier<T> read) {
        try {
            return CompletableFuture.supplyAsync(read, threads);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(full);
        }
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
