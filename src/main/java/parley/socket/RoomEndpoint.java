package parley.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Connection;
import parley.hub.Hub;
import parley.protocol.BrokenFrame;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Inbound;
import parley.protocol.Problem;

/**
 * The socket of {@code parley.v1} by the standard interface: one instance for all connections, called for one frame of a
 * connection at a time. Where {@link UpgradedSocket} takes over, its handshake is all that this is needed for.
 */
@ApplicationScoped
@ServerEndpoint(value = "/ws", subprotocols = Handshake.SUBPROTOCOL, configurator = TokenConfigurator.class,
        decoders = FrameDecoder.class, encoders = FrameEncoder.class)
public class RoomEndpoint {

    private static final Logger LOG = Logger.getLogger(RoomEndpoint.class.getName());
    private static final String CONNECTION = "parley.connection";

    @Inject
    private Hub hub;
    @Inject
    private FrameRouter router;

    /** Greets a verified caller; ends the session of anyone else. */
    @OnOpen
    public void open(Session session) throws IOException {
        if (session.getUserProperties().get(TokenConfigurator.ARRIVAL) instanceof CallerPrincipal principal) {
            session.getUserProperties().put(CONNECTION,
                    hub.open(session.getId(), principal.caller(), principal.address(), new StandardWire(session)));
        } else {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(CloseCode.SIGNED_OUT.code()), "no caller"));
        }
    }

    /** A text frame, whole or put together from its fragments. */
    @OnMessage(maxMessageSize = Codec.LARGEST_FRAME)
    public void frame(Session session, Inbound frame) {
        received(session, frame);
    }

    /** A binary frame: there are none in this protocol. */
    @OnMessage(maxMessageSize = Codec.LARGEST_FRAME)
    public void binary(Session session, ByteBuffer frame) {
        received(session, new BrokenFrame(0, Problem.badRequest("Frames are text.")));
    }

    /** The answer to a ping. */
    @OnMessage
    public void pong(Session session, PongMessage pong) {
        if (session.getUserProperties().get(CONNECTION) instanceof Connection connection) {
            connection.answered();
        }
    }

    /** Whatever ended it. */
    @OnClose
    public void close(Session session) {
        if (session.getUserProperties().remove(CONNECTION) instanceof Connection connection) {
            hub.closed(connection);
        }
    }

    /** What goes wrong under the protocol ends the session; the container closes it. */
    @OnError
    public void error(Session session, Throwable thrown) {
        LOG.log(Level.FINE, "A session failed", thrown);
    }

    private void received(Session session, Inbound frame) {
        if (session.getUserProperties().get(CONNECTION) instanceof Connection connection) {
            connection.heard();
            // What comes after a close doesn't count.
            if (!connection.isClosing()) {
                router.route(connection, frame);
            }
        }
    }
}
