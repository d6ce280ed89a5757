package parley.socket;

import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.Writer;
import parley.hub.Connection;
import parley.hub.Hub;
import parley.protocol.BrokenFrame;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Problem;

/**
 * A connection that Tyrus has upgraded and that is Parley's from there on: Tyrus makes no session for it, which saves what
 * a session costs in memory and, for each message, in timers. It is a Tyrus handler only because Tyrus asks for one. Its
 * wire calls it one call at a time.
 */
final class UpgradedSocket extends TyrusHttpUpgradeHandler implements FrameReader.Messages {

    private static final Logger LOG = Logger.getLogger(UpgradedSocket.class.getName());

    private final CallerPrincipal principal;
    private final Hub hub;
    private final FrameRouter router;
    private final FrameReader reader = new FrameReader(this);
    private GrizzlyWire wire;
    private volatile Connection connection;

    UpgradedSocket(CallerPrincipal principal, Hub hub, FrameRouter router) {
        this.principal = principal;
        this.hub = hub;
        this.router = router;
    }

    /** What Tyrus knows of the request is left to the collector. */
    @Override
    public void preInit(WebSocketEngine.UpgradeInfo info, Writer writer, boolean authenticated) {
    }

    @Override
    public void setIncomingBufferSize(int size) {
    }

    /** By the wire, once, before anything else. */
    void begin(GrizzlyWire below) {
        wire = below;
        connection = hub.open(UUID.randomUUID().toString(), principal.caller(), principal.address(), below);
    }

    /** By the wire: what the peer has sent. */
    void received(byte[] bytes) {
        reader.read(bytes);
    }

    /** By the wire, once: the connection is no more, whoever ended it. */
    void ended() {
        hub.closed(connection);
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
        wire.peerIsDone();
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
        return "UpgradedSocket of " + principal;
    }
}
