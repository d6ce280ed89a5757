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

/**
 * A connection of Grizzly, Payara's network layer, taken out of HTTP: what comes goes through the {@link GrizzlyChain} to
 * here and on to the {@link UpgradedSocket}. So nothing of the request lives on, which is most of what a connection would
 * weigh, and no message passes through filters that have nothing to do with it.
 *
 * <p>Grizzly calls it one call at a time for what comes; it is written to by the outbox' one thread.
 */
final class GrizzlyWire implements Wire, WriteHandler, CloseListener<Closeable, ICloseType> {

    private static final Logger LOG = Logger.getLogger(GrizzlyWire.class.getName());
    /** How many bytes Grizzly may hold for a peer: what waits beyond that is the outbox' matter, which has a bound for it. */
    private static final int MOST_QUEUED = 1 << 16;
    private static final String HTTP = "org.glassfish.grizzly.http";
    private static final ClassLoader APPLICATION = GrizzlyWire.class.getClassLoader();

    private final Connection<?> connection;
    private final UpgradedSocket socket;
    private Runnable ready;

    // Whoever comes second sees both.
    private volatile boolean peerIsDone;
    private volatile boolean lastIsSent;

    private GrizzlyWire(Connection<?> connection, UpgradedSocket socket) {
        this.connection = connection;
        this.socket = socket;
    }

    /** Whether this request came over a connection that can be taken over. A {@link LinkageError} says no too, on other servers. */
    static boolean isUnder(HttpServletRequest request) {
        return GrizzlyRequest.context(request).filter(http -> GrizzlyChain.isFor(http.getFilterChain())).isPresent();
    }

    /**
     * Takes the connection over for a socket. To be called once, by the thread that serves the upgrade request, when the answer
     * to it has been sent: Grizzly looks for more from the peer only when that thread has left HTTP.
     */
    static void takeOver(HttpServletRequest request, UpgradedSocket socket, Receivers receivers) throws IOException {
        FilterChainContext http = GrizzlyRequest.context(request).orElseThrow();
        GrizzlyWire wire = new GrizzlyWire(http.getConnection(), socket);
        try {
            ReceivingStrategy.putUnder(http.getConnection(), receivers);
            leaveHttp(http);
            wire.leadHere(http.getFilterChain());
            wire.receiveEarly(request.getInputStream());
        } catch (IOException | RuntimeException defect) {
            // Half taken over, nobody would end it.
            wire.abort();
            throw defect;
        }
    }

    private void leadHere(FilterChain listeners) {
        GrizzlyChain.lead(connection, listeners, this);
        connection.setMaxAsyncWriteQueueSize(MOST_QUEUED);
        // Whoever is silent is found by the heartbeat.
        IdleTimeoutFilter.setCustomTimeout(connection, IdleTimeoutFilter.FOREVER, TimeUnit.MILLISECONDS);
        socket.begin(this);
        connection.addCloseListener(this);
    }

    // To HTTP, what came right behind the request is its body.
    private void receiveEarly(InputStream body) throws IOException {
        int count = body.available();
        if (count > 0) {
            socket.received(body.readNBytes(count));
        }
    }

    // For HTTP this was a request like any other, after which the connection is kept alive; but where it would note for how
    // long, it finds a context that nobody looks into.
    private static void leaveHttp(FilterChainContext http) {
        HttpContext context = HttpContext.get(http);
        HttpRequestPacket request = context.getRequest();
        AttributeHolder nothing = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createSafeAttributeHolder();
        HttpContext end = HttpContext.newInstance(() -> nothing, context.getOutputSink(), context.getCloseable(), request);
        request.getProcessingState().setHttpContext(end);
        request.getProcessingState().setKeepAlive(true);
        request.setExpectContent(false);
        request.getUpgradeDC().recycle();
        end.attach(http);
        AttributeHolder noted = http.getConnection().getAttributes();
        for (String name : noted.getAttributeNames().toArray(String[]::new)) {
            Object value = noted.getAttribute(name);
            if (value != null && value.getClass().getName().startsWith(HTTP)) {
                noted.removeAttribute(name);
            }
        }
    }

    /** What came; one call at a time. */
    void received(Buffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        buffer.tryDispose();
        // The thread is the listener's, not the application's.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(APPLICATION);
        try {
            socket.received(bytes);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void onClosed(Closeable closed, ICloseType how) {
        socket.ended();
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
            LOG.log(Level.FINE, "A connection broke while it was written to", broken);
            return Taken.GONE;
        }
    }

    @Override
    public void onWritePossible() {
        ready.run();
    }

    @Override
    public void onError(Throwable broken) {
        // The next write finds it broken.
        ready.run();
    }

    /** Notes that the peer's close frame came: where ours went before it, that is the end. */
    void peerIsDone() {
        peerIsDone = true;
        closeWhenBothAreDone();
    }

    @Override
    public void end() {
        lastIsSent = true;
        closeWhenBothAreDone();
    }

    private void closeWhenBothAreDone() {
        if (peerIsDone && lastIsSent) {
            connection.closeSilently();
        }
    }

    @Override
    public void abort() {
        connection.terminateSilently();
    }
}
