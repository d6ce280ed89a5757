package parley.kit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The time limit of every wait in the kit. */
final class Timeouts {

    /** 5 s, or the system property {@code parley.patience} in seconds, which the build sets higher. */
    static final Duration DEFAULT = Duration.ofSeconds(Long.getLong("parley.patience", 5));

    private Timeouts() {
    }

    /** Waits for a value; an {@link AssertionError} with this message on a timeout or failure. */
    static <T> T await(CompletableFuture<T> future, Supplier<String> message) {
        try {
            return future.get(DEFAULT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(message.get());
        } catch (ExecutionException failed) {
            throw new AssertionError(message.get(), failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
