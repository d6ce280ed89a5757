package parley.socket;

import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.Writer;
import parley.hub.Connection;
import parley.hub.Connections;
import parley.protocol.CloseCode;
import parley.protocol.Encoding;

/**
 * Receives the messages of a connection that was taken over from Grizzly. It extends the Tyrus handler only so that Tyrus accepts it as the
 * result of the upgrade; Tyrus then creates no session, which saves memory per connection and a timer per message. Its
 * {@link GrizzlyWire} calls it one call at a time.
 */
class UpgradedSocket extends TyrusHttpUpgradeHandler implements FrameReader.Listener {

    private static final Logger LOG = Logger.getLogger(UpgradedSocket.class.getName());

    private final CallerPrincipal principal;
    private final Connections connections;
    private final FrameRouter router;
    private final Encoding encoding;
    private final FrameReader reader;
    private GrizzlyWire wire;
    private volatile Connection connection;

    UpgradedSocket(CallerPrincipal principal, Encoding encoding, Connections connections, FrameRouter router) {
        this.principal = principal;
        this.encoding = encoding;
        reader = new FrameReader(this, encoding.isDeflated());
        this.connections = connections;
        this.router = router;
    }

    /** Keeps nothing: a reference to the request would use memory for as long as the connection lives. */
    @Override
    public void preInit(WebSocketEngine.UpgradeInfo info, Writer writer, boolean authenticated) {
    }

    @Override
    public void setIncomingBufferSize(int size) {
    }

    /** How frames are written in both directions. */
    final Encoding encoding() {
        return encoding;
    }

    /** Opens the connection. The wire calls this once, before anything else. */
    void begin(GrizzlyWire ownWire) {
        wire = ownWire;
        connection = connections.open(UUID.randomUUID().toString(), principal.caller(), principal.address(), ownWire);
    }

    /** Parses bytes from the peer. */
    final void received(byte[] bytes) {
        reader.read(bytes);
    }

    /** Unregisters the connection. The wire calls this once, whichever side closed it. */
    void ended() {
        connections.closed(connection);
    }

    @Override
    public void text(String text) {
        if (isAccepted()) {
            router.route(connection, Received.text(encoding, text));
        }
    }

    @Override
    public void binary(byte[] content) {
        if (isAccepted()) {
            router.route(connection, Received.binary(encoding, content));
        }
    }

    @Override
    public void ping(byte[] content) {
        if (isAccepted()) {
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
        wire.peerClosed();
    }

    /** Closes the connection. Later bytes are read and dropped: closing a TCP socket with unread bytes could lose the close frame. */
    @Override
    public void violation(CloseCode code) {
        LOG.log(Level.INFO, "Connection {0} sent an invalid WebSocket frame; closing it with {1}",
                new Object[] {connection.session(), code.code()});
        connection.close(code, "invalid frame");
    }

    // Frames after the close are ignored.
    private boolean isAccepted() {
        connection.heard();
        return !connection.isClosing();
    }

    @Override
    public String toString() {
        return "UpgradedSocket of " + principal;
    }
}
