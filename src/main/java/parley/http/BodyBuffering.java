package parley.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.io.InputBuffer;
import org.glassfish.grizzly.http.server.Request;
import parley.protocol.Problem;
import parley.threads.Unattended;

/**
 * Waits for the whole body of a request before the request is served, without a thread: the server has a few dozen threads, and a
 * servlet that reads a slow body holds one. The bytes stay in Grizzly's buffer, where the servlet reads them without waiting.
 */
final class BodyBuffering {

    private static final Logger LOG = Logger.getLogger(BodyBuffering.class.getName());
    private static final int TIME_OUT = 408;
    // A request attribute ends with its request; an attribute of Grizzly's would stay for the next one.
    private static final String ATTRIBUTE = "parley.body";

    /** What all bodies of a listener share. */
    static final class Bounds {
        private final int most;
        private final Duration time;
        private final AtomicInteger inFlight = new AtomicInteger();

        /**
         * @param most how many bodies may be incomplete at the same time; further ones get 503
         * @param time within which a body must be complete; later ones get 408
         */
        Bounds(int most, Duration time) {
            this.most = most;
            this.time = time;
        }
    }

    private final Request request;
    private final Bounds bounds;
    private volatile Optional<ProblemResponse> refusal = Optional.empty();

    private BodyBuffering(Request request, Bounds bounds) {
        this.request = request;
        this.bounds = bounds;
    }

    /** Whether the request has a body that is not being buffered yet. */
    static boolean isNeeded(Request request) {
        // Bytes after an upgrade are no body.
        boolean hasBody = request.getRequest().isExpectContent() && (!request.getRequest().isUpgrade() || hasLength(request));
        return hasBody && request.getAttribute(ATTRIBUTE) == null;
    }

    /** Runs what serves the request when its body is complete, or refused. */
    static Executor of(Request request, Bounds bounds) {
        BodyBuffering buffering = new BodyBuffering(request, bounds);
        request.setAttribute(ATTRIBUTE, buffering);
        return buffering::runWhenComplete;
    }

    /** Whether the head of the request says how long its body is. */
    static boolean hasLength(Request request) {
        return request.getContentLengthLong() > 0 || request.getRequest().isChunked();
    }

    /** The refusal of the request's body, if it was refused. */
    static Optional<ProblemResponse> refusal(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof BodyBuffering buffering ? buffering.refusal : Optional.empty();
    }

    private void runWhenComplete(Runnable service) {
        CompletableFuture<Optional<ProblemResponse>> complete = new CompletableFuture<>();
        Unattended.log(complete.thenAccept(found -> {
            bounds.inFlight.decrementAndGet();
            refusal = found;
            request.getContext().getConnection().getTransport().getWorkerThreadPool().execute(service);
        }), LOG, "A request with a complete body could not be served");
        if (bounds.inFlight.incrementAndGet() > bounds.most) {
            complete.complete(refused(Problem.unavailable("Too many request bodies are incomplete.")));
        } else if (request.getContentLengthLong() > RequestBody.LARGEST) {
            complete.complete(refused(RequestBody.tooLarge()));
        } else {
            buffer(complete);
        }
    }

    private void buffer(CompletableFuture<Optional<ProblemResponse>> complete) {
        complete.completeOnTimeout(Optional.of(ProblemResponse.of(TIME_OUT, Problem.badRequest("The body took longer than "
                + bounds.time.toSeconds() + " s."))), bounds.time.toMillis(), TimeUnit.MILLISECONDS);
        InputBuffer body = request.getInputBuffer();
        body.notifyAvailable(new ReadHandler() {
            @Override
            public void onDataAvailable() {
                complete.complete(refused(RequestBody.tooLarge()));
            }

            @Override
            public void onAllDataRead() throws IOException {
                complete.complete(body.readyData() > RequestBody.LARGEST ? refused(RequestBody.tooLarge()) : Optional.empty());
            }

            @Override
            public void onError(Throwable broken) {
                complete.complete(refused(Problem.badRequest("The body is broken.")));
            }
        }, RequestBody.LARGEST + 1);
    }

    private static Optional<ProblemResponse> refused(Problem problem) {
        return Optional.of(ProblemResponse.of(problem));
    }
}
