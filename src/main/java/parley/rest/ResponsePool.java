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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import parley.http.AsyncRequestFilter;
import parley.hub.NotFoundDelay;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * The threads that write HTTP responses. Writing waits for the client, so journal writers, readers and timers must not do it: a client that
 * reads slowly delays other HTTP responses at most. When the queue is full, the response is 503, which threads of their own write.
 */
@ApplicationScoped
class ResponsePool {

    // Longer than a command may wait for its commit, so that the journal's own refusal comes first.
    private static final int TIMEOUT_SECONDS = 6;
    private static final int REFUSING_THREADS = 2;

    @Inject
    private HttpServletRequest request;
    private ExecutorService threads;
    /** Only for refusals. If its queue is full too, the thread that completes the response writes it. */
    private ExecutorService refusing;
    private NotFoundDelay notFoundDelay;

    /** For the container's proxy. */
    protected ResponsePool() {
    }

    @Inject
    ResponsePool(Settings settings, ManagedThreads managed, NotFoundDelay notFoundDelay) {
        this(managed.pool("answer", settings.http().answerThreads(), settings.http().answerQueue()),
                managed.pool("refusal", REFUSING_THREADS, settings.http().answerQueue()), notFoundDelay);
    }

    ResponsePool(ExecutorService threads, ExecutorService refusing, NotFoundDelay notFoundDelay) {
        this.threads = threads;
        this.refusing = refusing;
        this.notFoundDelay = notFoundDelay;
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
        return sentBy(writer, pending, AsyncRequestFilter.of(request));
    }

    /** @param handover of the request that is answered */
    CompletionStage<Response> sentBy(Executor writer, CompletionStage<Response> pending, AsyncRequestFilter.Handover handover) {
        CompletionStage<Response> sendable = handover.released().thenCompose(released -> pending);
        CompletionStage<Response> delayed = notFoundDelay.hide(sendable, response -> response.getStatus() == ErrorCode.NOT_FOUND.status());
        // Completed by the thread that is meant to write. A stage that another one completes may write on the thread that asks for it.
        CompletableFuture<Response> sent = new CompletableFuture<>();
        delayed.whenComplete((response, failed) -> {
            try {
                writer.execute(() -> send(sent, handover, response, failed));
            } catch (RejectedExecutionException full) {
                refuse(sent, handover, full);
            }
        });
        return sent;
    }

    private void refuse(CompletableFuture<Response> sent, AsyncRequestFilter.Handover handover, RejectedExecutionException full) {
        try {
            refusing.execute(() -> send(sent, handover, null, full));
        } catch (RejectedExecutionException fullToo) {
            send(sent, handover, null, full);
        }
    }

    private static void send(CompletableFuture<Response> sent, AsyncRequestFilter.Handover handover, Response response, Throwable failed) {
        handover.answer(() -> {
            if (failed == null) {
                sent.complete(response);
            } else {
                sent.completeExceptionally(failed instanceof CompletionException ? failed : new CompletionException(failed));
            }
        });
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
        refusing.shutdownNow();
    }
}
