package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import parley.settings.Settings;

/**
 * Has "there is no such room" come at the same time after the question, whether the room is hidden from the asker, which
 * may be known from memory, or is missing, which only the database knows. Otherwise the time would tell (CWE-208). Who
 * asks something else waits for nothing. Holds no thread meanwhile; safe for every thread.
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
     * The same answer, or the same failure; one that hides something, at the next multiple of {@link Settings.Rooms#notFoundDelay()} from
     * now on. What hangs on it runs on a timer's thread and must be short.
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
