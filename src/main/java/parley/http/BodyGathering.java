package parley.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.grizzly.ReadHandler;
import org.glassfish.grizzly.http.io.InputBuffer;
import org.glassfish.grizzly.http.server.Request;
import parley.protocol.Codec;
import parley.protocol.Problem;

/**
 * Waits for the whole body of a request before the request is served, and holds no thread meanwhile: the server has a few dozen, and
 * every request needs one. What has come stays in Grizzly's buffer, where the servlet reads it without waiting.
 */
final class BodyGathering {

    private static final int TIME_OUT = 408;
    // An attribute ends with its request; a note of Grizzly's stays for the next one.
    private static final String GATHERING = "parley.body";

    /** What all bodies of a listener share. */
    static final class Bounds {
        private final int most;
        private final Duration time;
        private final AtomicInteger inFlight = new AtomicInteger();

        /**
         * @param most the bodies that are gathered at the same time; for more it is 503
         * @param time within which a body is whole, or it is 408
         */
        Bounds(int most, Duration time) {
            this.most = most;
            this.time = time;
        }
    }

    private final Request request;
    private final Bounds bounds;
    private volatile Optional<RequestHead.Refusal> refusal = Optional.empty();

    private BodyGathering(Request request, Bounds bounds) {
        this.request = request;
        this.bounds = bounds;
    }

    /** Whether the request has a body that nobody waits for yet. */
    static boolean isDue(Request request) {
        // What follows an upgrade is no body.
        boolean hasBody = request.getRequest().isExpectContent() && (!request.getRequest().isUpgrade() || hasLength(request));
        // Asked again for the same request, it is by the buffer, which only tells of what came.
        return hasBody && request.getAttribute(GATHERING) == null;
    }

    /** What serves the request when its body is whole. */
    static Executor of(Request request, Bounds bounds) {
        BodyGathering gathering = new BodyGathering(request, bounds);
        request.setAttribute(GATHERING, gathering);
        return gathering::serveWhenWhole;
    }

    /** Whether the head of the request says how long its body is. */
    static boolean hasLength(Request request) {
        return request.getContentLengthLong() > 0 || request.getRequest().isChunked();
    }

    /** Why the request is not served, where its body is not what it may be. */
    static Optional<RequestHead.Refusal> refusal(Request request) {
        return request.getAttribute(GATHERING) instanceof BodyGathering gathering ? gathering.refusal : Optional.empty();
    }

    private void serveWhenWhole(Runnable service) {
        CompletableFuture<Optional<RequestHead.Refusal>> whole = new CompletableFuture<>();
        whole.thenAccept(found -> {
            bounds.inFlight.decrementAndGet();
            refusal = found;
            request.getContext().getConnection().getTransport().getWorkerThreadPool().execute(service);
        });
        if (bounds.inFlight.incrementAndGet() > bounds.most) {
            whole.complete(refused(Problem.unavailable("Too many bodies are under way.")));
        } else if (request.getContentLengthLong() > Codec.LARGEST_FRAME) {
            whole.complete(refused(tooLarge()));
        } else {
            gather(whole);
        }
    }

    private void gather(CompletableFuture<Optional<RequestHead.Refusal>> whole) {
        whole.completeOnTimeout(Optional.of(new RequestHead.Refusal(TIME_OUT, Problem.badRequest("The body took longer than "
                + bounds.time.toSeconds() + " s."))), bounds.time.toMillis(), TimeUnit.MILLISECONDS);
        InputBuffer body = request.getInputBuffer();
        body.notifyAvailable(new ReadHandler() {
            @Override
            public void onDataAvailable() {
                whole.complete(refused(tooLarge()));
            }

            @Override
            public void onAllDataRead() throws IOException {
                whole.complete(body.readyData() > Codec.LARGEST_FRAME ? refused(tooLarge()) : Optional.empty());
            }

            @Override
            public void onError(Throwable broken) {
                whole.complete(refused(Problem.badRequest("The body is broken.")));
            }
        }, Codec.LARGEST_FRAME + 1);
    }

    private static Optional<RequestHead.Refusal> refused(Problem problem) {
        return Optional.of(new RequestHead.Refusal(problem.code().status(), problem));
    }

    private static Problem tooLarge() {
        return Problem.tooLarge("A body has at most " + Codec.LARGEST_FRAME + " bytes.");
    }
}
