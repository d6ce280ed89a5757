package parley.kit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** How long the tests wait for anything. */
final class Timeouts {

    /** 5 s, or what {@code parley.patience} says; the build says more. */
    static final Duration BOUND = Duration.ofSeconds(Long.getLong("parley.patience", 5));

    private Timeouts() {
    }

    /** What will come, within the bound; otherwise an {@link AssertionError} with this sentence. */
    static <T> T await(CompletableFuture<T> coming, Supplier<String> otherwise) {
        try {
            return coming.get(BOUND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(otherwise.get());
        } catch (ExecutionException failed) {
            throw new AssertionError(otherwise.get(), failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
