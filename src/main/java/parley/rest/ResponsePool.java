package parley.rest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import parley.http.RequestThreads;
import parley.hub.NotFoundDelay;
import parley.protocol.ErrorCode;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * The threads that write HTTP answers. Writing waits for the client, so neither a journal writer nor a reader may do
 * it: whoever reads an answer slowly holds up other HTTP answers at most. Past the bound of the queue it is 503.
 */
@ApplicationScoped
class ResponsePool {

    // Longer than a command may wait for its commit, so that the journal says first what is wrong.
    private static final int PATIENCE_SECONDS = 6;

    @Inject
    private HttpServletRequest request;
    private ExecutorService threads;
    private NotFoundDelay notFoundDelay;

    /** For the container's proxy. */
    protected ResponsePool() {
    }

    @Inject
    ResponsePool(Settings settings, ManagedThreads managed, NotFoundDelay notFoundDelay) {
        this.notFoundDelay = notFoundDelay;
        threads = managed.pool("answer", settings.http().answerThreads(), settings.http().answerQueue());
    }

    /**
     * The same answer, or the same failure, coming from one of these threads; one that hides something, in its time. What takes longer
     * than 6 s fails with a {@link java.util.concurrent.TimeoutException}: the database does not answer then.
     */
    CompletionStage<Response> of(CompletionStage<Response> coming) {
        return ofLongWork(coming.thenApply(Function.identity()).toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** The same for what may take as long as it likes. */
    CompletionStage<Response> ofLongWork(CompletionStage<Response> coming) {
        RequestThreads.Move move = RequestThreads.of(request);
        CompletionStage<Response> sendable = move.left().thenCompose(left -> coming);
        return notFoundDelay.hide(sendable, answer -> answer.getStatus() == ErrorCode.NOT_FOUND.status()).handleAsync((answer, failed) -> {
            move.arrive();
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
