package parley.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.http.AsyncRequestFilter;
import parley.hub.Connection;
import parley.hub.Wire;
import parley.protocol.CloseCode;
import parley.protocol.StreamRequest;
import parley.threads.Unattended;

/**
 * The response of a stream as the wire of a connection. It never blocks: the outbox's flusher writes while the container says that the
 * response takes bytes, and the container calls when it takes bytes again.
 */
final class EventStream implements Wire, WriteListener {

    private static final Logger LOG = Logger.getLogger(EventStream.class.getName());

    /**
     * When a stream ends by itself.
     *
     * @param replies how many replies come before the events
     * @param pollSeconds how long a long poll waits, or {@link StreamRequest#ENDLESS}
     * @param oneRoom whether it ends with its subscription
     */
    record Bounds(int replies, int pollSeconds, boolean oneRoom) {

        boolean isPoll() {
            return pollSeconds != StreamRequest.ENDLESS;
        }
    }

    private final AsyncContext request;
    private final AsyncRequestFilter.Handover handover;
    private final ServletOutputStream out;
    private final TransportConnection transport;
    private final StreamText text;
    private final Bounds bounds;
    private final Executor threads;
    private final CompletableFuture<Connection> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile Runnable ready;
    private volatile boolean unflushed;
    private volatile boolean ending;
    private volatile boolean released;
    private volatile boolean waited;

    /** @param threads end the response: that may wait for the container */
    EventStream(AsyncContext request, AsyncRequestFilter.Handover handover, ServletOutputStream out, TransportConnection transport,
                StreamText text, Bounds bounds, Executor threads) {
        this.request = request;
        this.handover = handover;
        this.out = out;
        this.transport = transport;
        this.text = text;
        this.bounds = bounds;
        this.threads = threads;
    }

    /** The connection that this wire belongs to. Called once, when it was opened; nothing is written before. */
    void opened(Connection connection) {
        opened.complete(connection);
        out.setWriteListener(this);
        if (bounds.isPoll()) {
            Unattended.log(over.copy().completeOnTimeout(null, bounds.pollSeconds, TimeUnit.SECONDS)
                    .thenRun(() -> hasWaited(connection)), LOG, "A long poll could not be ended");
        }
    }

    /** Completes with the connection when the response has ended. */
    CompletableFuture<Connection> ended() {
        return over.thenCombine(opened, (done, connection) -> connection);
    }

    @Override
    public String kind() {
        return "stream";
    }

    @Override
    public boolean answersPings() {
        return false;
    }

    // Under the lock of finish: afterwards, the connection may carry another request, whose bytes are not this stream's.
    @Override
    public boolean hasLeft() {
        synchronized (finished) {
            return opened.isDone() && !finished.get() && transport.hasLeft();
        }
    }

    @Override
    public void begin(Runnable whenReady) {
        ready = whenReady;
        transport.begin();
    }

    @Override
    public Taken send(byte[] frames, int count) {
        if (finished.get()) {
            return Taken.GONE;
        }
        try {
            byte[] events = text.of(frames, count);
            observe();
            if (events.length > 0) {
                out.write(events);
                unflushed = true;
            }
            return flush() ? Taken.READY : Taken.BUSY;
        } catch (IOException | RuntimeException broken) {
            LOG.log(Level.FINE, "Writing to a stream failed; it ends", broken);
            return Taken.GONE;
        }
    }

    // A poll has all replies, however long they take.
    private void hasWaited(Connection connection) {
        waited = true;
        if (released) {
            connection.close(CloseCode.NORMAL, "");
        }
    }

    // Returns whether the response takes more bytes; otherwise the container calls onWritePossible when it does.
    private boolean flush() throws IOException {
        if (!out.isReady()) {
            return false;
        }
        if (unflushed) {
            unflushed = false;
            out.flush();
        }
        return out.isReady();
    }

    // On the flusher's thread. Replies come first, so that a client knows all positions before the first event.
    private void observe() {
        if (text.replies() < bounds.replies) {
            return;
        }
        Connection connection = opened.join();
        if (!released) {
            released = true;
            connection.releaseEvents();
        }
        boolean served = bounds.isPoll() && (waited || text.hasEvents() || text.hasMissed());
        if (served || bounds.oneRoom && text.hasEnded()) {
            connection.close(CloseCode.NORMAL, "");
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        if (ending) {
            finish();
        } else if (!unflushed || flush()) {
            ready.run();
        }
    }

    @Override
    public void onError(Throwable broken) {
        LOG.log(Level.FINE, "The client of a stream is gone", broken);
        finish();
    }

    @Override
    public void end() {
        ending = true;
        if (unflushed) {
            // The container calls when the last bytes can be flushed.
            return;
        }
        finish();
    }

    @Override
    public void abort() {
        transport.abort();
        finish();
    }

    private void finish() {
        synchronized (finished) {
            if (!finished.compareAndSet(false, true)) {
                return;
            }
        }
        try {
            threads.execute(this::complete);
        } catch (RejectedExecutionException stopping) {
            complete();
        }
    }

    private void complete() {
        over.complete(null);
        try {
            transport.end();
            handover.complete(request);
        } catch (RuntimeException over) {
            LOG.log(Level.FINE, "The container has ended a stream by itself", over);
        }
    }
}
