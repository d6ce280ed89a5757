package parley.rest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import parley.journal.ManagedThreads;
import parley.settings.Settings;

/**
 * The threads that write HTTP answers. Writing waits for the client, so neither a journal writer nor a reader may do
 * it: whoever reads an answer slowly holds up other HTTP answers at most. Past the bound of the queue it is 503.
 */
@ApplicationScoped
class Answers {

    private ThreadPoolExecutor threads;

    /** For the container's proxy. */
    protected Answers() {
    }

    @Inject
    Answers(Settings settings, ManagedThreads managed) {
        threads = new ThreadPoolExecutor(settings.answerThreads(), settings.answerThreads(), 0, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.answerQueue()), managed.named("parley-answer"));
    }

    /** The same answer, or the same failure, coming from one of these threads. */
    CompletionStage<Response> of(CompletionStage<Response> coming) {
        return coming.handleAsync((answer, failed) -> {
            if (failed != null) {
                throw failed instanceof CompletionException ? (CompletionException) failed : new CompletionException(failed);
            }
            return answer;
        }, threads);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
