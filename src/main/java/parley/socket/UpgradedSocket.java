package parley.socket;

import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.Writer;
import parley.hub.Connection;
import parley.hub.Hub;
import parley.identity.Caller;
import parley.protocol.BrokenFrame;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Problem;

/**
 * A connection that Tyrus has upgraded and that is Parley's from there on: Tyrus makes no session for it, which saves what
 * a session costs in memory and, for each message, in timers. It is a Tyrus handler only because Tyrus asks for one. The
 * container makes one a connection and calls it one call at a time.
 */
public class UpgradedSocket extends TyrusHttpUpgradeHandler implements FrameReader.Messages {

    private static final Logger LOG = Logger.getLogger(UpgradedSocket.class.getName());

    private Caller caller;
    private String address;
    private Hub hub;
    private FrameRouter router;
    private TyrusWire wire;
    private FrameReader reader;
    private volatile Connection connection;

    /** To be called before {@link #init}. */
    void admit(Caller verified, String from, Hub withHub, FrameRouter withRouter) {
        caller = verified;
        address = from;
        hub = withHub;
        router = withRouter;
    }

    /** What Tyrus knows of the request is left to the collector. */
    @Override
    public void preInit(WebSocketEngine.UpgradeInfo info, Writer writer, boolean authenticated) {
    }

    @Override
    public void setIncomingBufferSize(int size) {
    }

    @Override
    public void init(WebConnection web) {
        try {
            wire = new TyrusWire(web);
            reader = new FrameReader(this);
            connection = hub.open(UUID.randomUUID().toString(), caller, address, wire);
            web.getInputStream().setReadListener(this);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void onDataAvailable() {
        try {
            for (byte[] bytes = wire.receive(); bytes.length > 0; bytes = wire.receive()) {
                reader.read(bytes);
            }
        } catch (IOException broken) {
            onError(broken);
        }
    }

    /** The peer has closed its half: without a close frame before it, that is the end too. */
    @Override
    public void onAllDataRead() {
        connection.lost();
    }

    @Override
    public void onError(Throwable broken) {
        LOG.log(Level.FINE, "A connection broke", broken);
        connection.lost();
    }

    /** By the container, before it uses the streams for others. */
    @Override
    public void destroy() {
        if (connection != null) {
            wire.release();
            hub.closed(connection);
        }
    }

    /** There are no HTTP sessions here. */
    @Override
    public void sessionDestroyed() {
    }

    @Override
    public void text(String text) {
        if (isHeard()) {
            router.route(connection, Codec.decode(text));
        }
    }

    @Override
    public void binary() {
        if (isHeard()) {
            router.route(connection, new BrokenFrame(0, Problem.badRequest("Frames are text.")));
        }
    }

    @Override
    public void ping(byte[] content) {
        if (isHeard()) {
            connection.pong(content);
        }
    }

    @Override
    public void pong() {
        connection.answered();
    }

    @Override
    public void close(int code) {
        connection.close(code, "");
        if (wire.peerIsDone()) {
            connection.lost();
        }
    }

    /** What comes after is read and dropped, so that the close frame is not lost to a reset. */
    @Override
    public void broken(CloseCode fault) {
        LOG.log(Level.INFO, "Connection {0} is closed with {1} for a frame that must not be",
                new Object[] {connection.session(), fault.code()});
        connection.close(fault, "frame refused");
    }

    // What comes after a close doesn't count.
    private boolean isHeard() {
        connection.heard();
        return !connection.isClosing();
    }

    @Override
    public String toString() {
        return "UpgradedSocket of " + caller;
    }
}
