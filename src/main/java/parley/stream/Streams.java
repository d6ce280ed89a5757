package parley.stream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.bot.Scopes;
import parley.http.AsyncRequestFilter;
import parley.http.ProblemResponse;
import parley.hub.Connection;
import parley.hub.Connections;
import parley.hub.NotFoundDelay;
import parley.identity.Caller;
import parley.identity.Scope;
import parley.journal.Views;
import parley.metrics.Metrics;
import parley.protocol.Position;
import parley.protocol.Problem;
import parley.protocol.ReadCommand;
import parley.protocol.StreamRequest;
import parley.protocol.WatchCommand;
import parley.room.RoomPolicy;
import parley.settings.Settings;
import parley.socket.FrameRouter;
import parley.threads.ManagedThreads;
import parley.threads.Unattended;

/** Opens streams. Its threads begin and end responses; between that, a stream needs no thread. Safe for every thread. */
@ApplicationScoped
class Streams {

    private static final Logger LOG = Logger.getLogger(Streams.class.getName());
    private static final int THREADS = 2;

    private Connections connections;
    private FrameRouter router;
    private Views views;
    private NotFoundDelay notFoundDelay;
    private Metrics metrics;
    private ExecutorService threads;

    /** For the container's proxy. */
    protected Streams() {
    }

    @Inject
    Streams(Settings settings, Connections connections, FrameRouter router, Views views, NotFoundDelay notFoundDelay, Metrics metrics,
            ManagedThreads managed) {
        this.connections = connections;
        this.router = router;
        this.views = views;
        this.notFoundDelay = notFoundDelay;
        this.metrics = metrics;
        threads = managed.pool("stream", THREADS, settings.connections().most());
    }

    /** Opens a stream of an admitted caller. Refused subscriptions are replies in it. Call it on the request's thread. */
    public void open(HttpServletRequest request, HttpServletResponse response, Caller caller, String address, StreamRequest wanted) {
        begin(request, response, CompletableFuture.completedFuture(Optional.empty()), caller, address, wanted, false);
    }

    /** Opens a stream of one room, with an id for each event. A room that the caller may not see is 404. */
    public void openRoom(HttpServletRequest request, HttpServletResponse response, Caller caller, String address, StreamRequest wanted) {
        CompletableFuture<Optional<Problem>> refusal = views.of(wanted.subscriptions().getFirst().room())
                .thenApply(view -> Scopes.needs(Scope.READ, caller).or(() ->
                        view.filter(room -> RoomPolicy.maySee(room, caller.id(), Instant.now())).isPresent()
                        ? Optional.empty() : Optional.of(Problem.noSuchRoom())))
                .exceptionally(failed -> {
                    LOG.log(Level.WARNING, "A room could not be read for a stream", failed);
                    return Optional.of(Problem.unavailable("The room can't be read now."));
                });
        begin(request, response, notFoundDelay.hide(refusal, found -> found.filter(Problem::hides).isPresent()), caller, address, wanted,
                true);
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, CompletableFuture<Optional<Problem>> refusal,
                       Caller caller, String address, StreamRequest wanted, boolean oneRoom) {
        AsyncRequestFilter.Handover handover = AsyncRequestFilter.of(request);
        TransportConnection transport = TransportConnection.of(request);
        AsyncContext async = request.startAsync();
        // The connection's sweep ends streams whose client does not read.
        async.setTimeout(0);
        CompletableFuture<Void> begun = handover.released().thenCompose(released -> refusal).thenAcceptAsync(refused -> {
            if (refused.isPresent()) {
                refuse(async, handover, response, refused.get());
                return;
            }
            Optional<Position> since = oneRoom ? wanted.subscriptions().getFirst().since() : Optional.empty();
            stream(new EventStream(async, handover, output(response), transport, new StreamText(oneRoom, since),
                    new EventStream.Bounds(wanted.replies(), wanted.pollSeconds(), oneRoom), threads), caller, address, wanted);
        }, threads);
        Unattended.log(begun.exceptionally(failed -> {
            LOG.log(Level.WARNING, "A stream could not be opened", failed);
            refuse(async, handover, response, Problem.unavailable("The stream can't be opened now."));
            return null;
        }), LOG, "A stream could not be refused");
    }

    private static void refuse(AsyncContext async, AsyncRequestFilter.Handover handover, HttpServletResponse response, Problem problem) {
        try {
            if (!response.isCommitted()) {
                ProblemResponse.of(problem).send(response);
            }
        } catch (IOException gone) {
            LOG.log(Level.FINE, "The client was gone before its answer", gone);
        }
        handover.complete(async);
    }

    private static ServletOutputStream output(HttpServletResponse response) {
        try {
            return prepared(response).getOutputStream();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static HttpServletResponse prepared(HttpServletResponse response) {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // Tells nginx to pass each event on at once.
        response.setHeader("X-Accel-Buffering", "no");
        return response;
    }

    private void stream(EventStream stream, Caller caller, String address, StreamRequest wanted) {
        metrics.count("parley_streams_total", "Streams over HTTP that were opened, by kind: stream or poll.",
                "kind", wanted.isPoll() ? "poll" : "stream").increment();
        Connection connection = connections.open(UUID.randomUUID().toString(), caller, address, stream);
        connection.holdEvents();
        Unattended.log(stream.ended().thenAccept(closed -> connections.closed(closed)), LOG, "A stream could not be closed");
        for (ReadCommand.Subscribe subscribe : wanted.subscriptions()) {
            router.route(connection, subscribe);
        }
        if (wanted.watch()) {
            router.route(connection, new WatchCommand.Watch(wanted.replies()));
        }
        stream.opened(connection);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
