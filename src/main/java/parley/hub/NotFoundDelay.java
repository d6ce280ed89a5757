package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import parley.settings.Settings;

/**
 * Delays every "no such room" refusal to a multiple of a fixed time after the command. A hidden room may be found in memory, a missing one
 * only in the database, so the response time would reveal which it is (CWE-208). Other answers are not delayed. No thread is blocked. Safe
 * for every thread.
 */
@ApplicationScoped
public class NotFoundDelay {

    private long step;

    /** For the container's proxy. */
    protected NotFoundDelay() {
    }

    @Inject
    NotFoundDelay(Settings settings) {
        step = settings.rooms().notFoundDelay().toNanos();
    }

    /**
     * Returns the same answer or failure. An answer that hides something completes when the time since this call is a multiple of {@link
     * Settings.Rooms#notFoundDelay()}, on a timer's thread; code that runs then must be short.
     *
     * @param hides whether an answer hides something
     */
    public <T> CompletableFuture<T> hide(CompletionStage<T> coming, Predicate<T> hides) {
        long asked = System.nanoTime();
        return coming.thenCompose(answer -> {
            if (!hides.test(answer)) {
                return CompletableFuture.completedStage(answer);
            }
            long left = step - (System.nanoTime() - asked) % step;
            return new CompletableFuture<T>().completeOnTimeout(answer, left, TimeUnit.NANOSECONDS);
        }).toCompletableFuture();
    }
}
