package parley.rest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import parley.hub.Hiding;
import parley.journal.ManagedThreads;
import parley.protocol.ErrorCode;
import parley.settings.Settings;

/**
 * The threads that write HTTP answers. Writing waits for the client, so neither a journal writer nor a reader may do
 * it: whoever reads an answer slowly holds up other HTTP answers at most. Past the bound of the queue it is 503.
 */
@ApplicationScoped
class Answers {

    private ExecutorService threads;
    private Hiding hiding;

    /** For the container's proxy. */
    protected Answers() {
    }

    @Inject
    Answers(Settings settings, ManagedThreads managed, Hiding hiding) {
        this.hiding = hiding;
        threads = managed.pool("parley-answer", settings.answerThreads(), settings.answerQueue());
    }

    /** The same answer, or the same failure, coming from one of these threads; one that hides something, in its time. */
    CompletionStage<Response> of(CompletionStage<Response> coming) {
        return hiding.hide(coming, answer -> answer.getStatus() == ErrorCode.NOT_FOUND.status()).handleAsync((answer, failed) -> {
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
