package parley.threads;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Threads that may wait for the database. Their number and their queue are bounded. */
public abstract class BlockingPool {

    private ExecutorService threads;

    /** For the container's proxy. */
    BlockingPool() {
    }

    BlockingPool(ExecutorService threads) {
        this.threads = threads;
    }

    /**
     * Runs this on one of the threads and returns its result. Past the bound it fails at once with {@link RejectedExecutionException}.
     */
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
