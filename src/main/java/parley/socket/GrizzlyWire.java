package parley.socket;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.ICloseType;
import org.glassfish.grizzly.WriteHandler;
import org.glassfish.grizzly.attributes.AttributeHolder;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import parley.http.GrizzlyRequest;
import parley.hub.Wire;
import parley.protocol.Encoding;

/**
 * A connection of Grizzly, Payara's network layer, that was taken out of HTTP after the upgrade. Incoming bytes arrive through
 * {@link GrizzlyFilter} and go to the {@link UpgradedSocket}. The takeover releases the HTTP request, which is most of the memory that a
 * connection would use, and spares each message the HTTP filters.
 *
 * <p>Grizzly delivers reads one at a time. Only the outbox's flusher thread writes.
 */
@SuppressWarnings("deprecation") // The interface of Payara's version of Grizzly has no other type.
final class GrizzlyWire implements Wire, WriteHandler, CloseListener<Closeable, ICloseType> {

    private static final Logger LOG = Logger.getLogger(GrizzlyWire.class.getName());
    /** The bytes that Grizzly may buffer for a peer. The rest waits in the outbox, which has its own bound. */
    private static final int MAX_QUEUED_BYTES = 1 << 16;
    private static final String HTTP_PACKAGE = "org.glassfish.grizzly.http";
    private static final ClassLoader APPLICATION = GrizzlyWire.class.getClassLoader();

    private final Connection<?> connection;
    private final UpgradedSocket socket;
    private Runnable ready;

    /** Until when nothing is read, as {@link System#nanoTime}; 0 if there was no pause yet. */
    private volatile long pausedUntil;

    // Set by different threads. Volatile, so that the second one to set its flag sees both.
    private volatile boolean peerHasClosed;
    private volatile boolean closeIsSent;

    private GrizzlyWire(Connection<?> connection, UpgradedSocket socket) {
        this.connection = connection;
        this.socket = socket;
    }

    /**
     * Whether this request's connection can be taken over.
     *
     * @throws LinkageError on a server without Grizzly
     */
    static boolean canTakeOver(HttpServletRequest request) {
        return GrizzlyRequest.context(request).filter(http -> GrizzlyFilter.supports(http.getFilterChain())).isPresent();
    }

    /**
     * Takes the request's connection over for a socket. Call it once, on the thread that serves the upgrade request, after the response was
     * flushed: Grizzly reads from the peer again only after that thread has returned.
     */
    static void takeOver(HttpServletRequest request, UpgradedSocket socket, ReceiverThreads receivers) throws IOException {
        FilterChainContext http = GrizzlyRequest.context(request).orElseThrow();
        GrizzlyWire wire = new GrizzlyWire(http.getConnection(), socket);
        try {
            GrizzlyIoStrategy.install(http.getConnection(), receivers);
            leaveHttp(http);
            wire.install(http.getFilterChain());
            wire.receivePipelined(request.getInputStream());
        } catch (IOException | RuntimeException failed) {
            // A connection that is taken over only in part would never be closed.
            wire.abort();
            throw failed;
        }
    }

    private void install(FilterChain original) {
        GrizzlyFilter.install(connection, original, this);
        connection.setMaxAsyncWriteQueueSize(MAX_QUEUED_BYTES);
        // The heartbeat finds silent peers.
        IdleTimeoutFilter.setCustomTimeout(connection, IdleTimeoutFilter.FOREVER, TimeUnit.MILLISECONDS);
        socket.begin(this);
        connection.addCloseListener(this);
    }

    // HTTP takes frames that arrived together with the request for its body.
    private void receivePipelined(InputStream body) throws IOException {
        int count = body.available();
        if (count > 0) {
            socket.received(body.readNBytes(count));
        }
    }

    // Lets HTTP complete the request as a normal keep-alive request, then removes the HTTP state from the connection. HTTP gets a context
    // of its own to store its keep-alive state in, so that none of it stays on the connection.
    private static void leaveHttp(FilterChainContext http) {
        HttpContext context = HttpContext.get(http);
        HttpRequestPacket request = context.getRequest();
        AttributeHolder unused = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createSafeAttributeHolder();
        HttpContext detached = HttpContext.newInstance(() -> unused, context.getOutputSink(), context.getCloseable(), request);
        request.getProcessingState().setHttpContext(detached);
        request.getProcessingState().setKeepAlive(true);
        request.setExpectContent(false);
        request.getUpgradeDC().recycle();
        detached.attach(http);
        AttributeHolder attributes = http.getConnection().getAttributes();
        for (String name : attributes.getAttributeNames().toArray(String[]::new)) {
            Object value = attributes.getAttribute(name);
            if (value != null && value.getClass().getName().startsWith(HTTP_PACKAGE)) {
                attributes.removeAttribute(name);
            }
        }
    }

    @Override
    public void pauseReading(long millis) {
        pausedUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** How long the pause still lasts, in nanoseconds; 0 or less without one. */
    long pause() {
        long until = pausedUntil;
        return until == 0 ? 0 : until - System.nanoTime();
    }

    /** Passes received bytes to the socket. Grizzly makes one call at a time. */
    void received(Buffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        buffer.tryDispose();
        // The thread may belong to the server, so it needs the application's class loader.
        Thread thread = Thread.currentThread();
        ClassLoader previous = thread.getContextClassLoader();
        thread.setContextClassLoader(APPLICATION);
        try {
            socket.received(bytes);
        } finally {
            thread.setContextClassLoader(previous);
        }
    }

    @Override
    public void onClosed(Closeable closed, ICloseType how) {
        socket.ended();
    }

    @Override
    public Encoding encoding() {
        return socket.encoding();
    }

    @Override
    public void begin(Runnable whenReady) {
        ready = whenReady;
        ready.run();
    }

    @Override
    public Taken send(byte[] frames, int count) {
        if (!connection.isOpen()) {
            return Taken.GONE;
        }
        try {
            connection.write(Buffers.wrap(connection.getMemoryManager(), Arrays.copyOf(frames, count)), null);
            if (connection.canWrite()) {
                return Taken.READY;
            }
            connection.notifyCanWrite(this);
            return Taken.BUSY;
        } catch (RuntimeException broken) {
            LOG.log(Level.FINE, "Writing to a connection failed; it will be closed", broken);
            return Taken.GONE;
        }
    }

    @Override
    public void onWritePossible() {
        ready.run();
    }

    @Override
    public void onError(Throwable broken) {
        // The next write fails and reports it.
        ready.run();
    }

    /** Records that the peer's close frame arrived. The connection ends when both close frames were exchanged. */
    void peerClosed() {
        peerHasClosed = true;
        closeIfBothAreDone();
    }

    @Override
    public void end() {
        closeIsSent = true;
        closeIfBothAreDone();
    }

    private void closeIfBothAreDone() {
        if (peerHasClosed && closeIsSent) {
            connection.closeSilently();
        }
    }

    @Override
    public void abort() {
        connection.terminateSilently();
    }
}
