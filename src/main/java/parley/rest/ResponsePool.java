package parley.rest;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import parley.http.AsyncRequestFilter;
import parley.hub.NotFoundDelay;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * The threads that write HTTP responses. Writing waits for the client, so journal writers and readers must not do it: a client that reads
 * slowly delays other HTTP responses at most. When the queue is full, the response is 503.
 */
@ApplicationScoped
class ResponsePool {

    // Longer than a command may wait for its commit, so that the journal's own refusal comes first.
    private static final int TIMEOUT_SECONDS = 6;

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
     * The same response or failure, completed by one of these threads; 404 comes after the not-found delay. After 6 s it fails with a
     * {@link java.util.concurrent.TimeoutException}: the database does not answer.
     */
    CompletionStage<Response> of(CompletionStage<Response> pending) {
        return ofLongWork(pending.thenApply(Function.identity()).toCompletableFuture().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }

    /** A refusal that is known at once. */
    CompletionStage<Response> refused(Problem problem) {
        return of(CompletableFuture.completedFuture(Problems.response(problem)));
    }

    /** As {@link #of}, without a timeout. */
    CompletionStage<Response> ofLongWork(CompletionStage<Response> pending) {
        return sentBy(threads, pending);
    }

    /** As {@link #of}, but another thread writes the response: its body may wait for the client as long as it takes. */
    CompletionStage<Response> of(CompletionStage<Response> pending, Executor writer) {
        return sentBy(writer, pending.thenApply(Function.identity()).toCompletableFuture().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    }

    private CompletionStage<Response> sentBy(Executor writer, CompletionStage<Response> pending) {
        AsyncRequestFilter.Handover handover = AsyncRequestFilter.of(request);
        CompletionStage<Response> sendable = handover.released().thenCompose(released -> pending);
        CompletionStage<Response> delayed = notFoundDelay.hide(sendable, response -> response.getStatus() == ErrorCode.NOT_FOUND.status());
        return delayed.handleAsync((response, failed) -> {
            handover.begin();
            if (failed != null) {
                throw failed instanceof CompletionException wrapped ? wrapped : new CompletionException(failed);
            }
            return response;
        }, writer);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
