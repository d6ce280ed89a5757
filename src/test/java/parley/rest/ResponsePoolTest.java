package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.http.AsyncRequestFilter;
import parley.hub.NotFoundDelay;

class ResponsePoolTest {

    private final ExecutorService threads = pool("answer");
    private final ExecutorService refusing = pool("refusal");
    private final ResponsePool pool = new ResponsePool(threads, refusing, new NotFoundDelay() { });

    private static ExecutorService pool(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }

    private static HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(ResponsePoolTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> null);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        refusing.shutdownNow();
    }

    /** Who sends the response, and why it is no other. */
    private record Sent(String thread, Throwable failed) {}

    private Sent sent() throws Exception {
        CompletableFuture<Response> pending = new CompletableFuture<>();
        CompletableFuture<Sent> sent = new CompletableFuture<>();
        pool.sentBy(threads, pending, AsyncRequestFilter.of(request())).whenComplete((response, failed) ->
                sent.complete(new Sent(Thread.currentThread().getName(), failed)));
        pending.completeExceptionally(new IllegalStateException("broken"));
        return sent.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aFullQueueDoesNotLetTheThreadThatHasTheResultWaitForTheClient() throws Exception {
        // As when the queue is full.
        threads.shutdown();
        Sent refused = sent();
        assertThat(refused.thread()).isEqualTo("refusal");
        assertThat(refused.failed()).isInstanceOf(CompletionException.class).hasCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aThreadOfThePoolSendsTheResponse() throws Exception {
        Sent failed = sent();
        assertThat(failed.thread()).isEqualTo("answer");
        assertThat(failed.failed()).isInstanceOf(CompletionException.class).hasRootCauseMessage("broken");
    }
}
