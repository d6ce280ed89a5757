package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import parley.settings.Settings;

/**
 * Delays every "no such room" refusal to the same time after the command. A hidden room is known from memory and a missing one only
 * from the database, so the response time would reveal which it is (CWE-208). Other answers are not delayed. Holds no thread; safe
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
     * Returns the same answer or failure. A refusal that hides something completes at the next multiple of {@link
     * Settings.Rooms#notFoundDelay()}, on a timer's thread; what depends on it must be short.
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
