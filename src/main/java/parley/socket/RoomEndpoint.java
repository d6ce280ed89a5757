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
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Connection;
import parley.hub.Connections;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Inbound;
import parley.stomp.StompSocket;

/**
 * The JSR 356 endpoint of the subprotocols. One instance serves all connections; the container delivers the frames of a connection one at
 * a time. When Grizzly connections are taken over, only its registration is used: Tyrus answers the handshake and {@link UpgradedSocket}
 * does the rest.
 */
@ApplicationScoped
@ServerEndpoint(value = "/ws", subprotocols = {Handshake.SUBPROTOCOL, Handshake.CBOR_SUBPROTOCOL, Handshake.STOMP_SUBPROTOCOL},
        configurator = TokenConfigurator.class, encoders = FrameEncoder.class)
public class RoomEndpoint {

    private static final Logger LOG = Logger.getLogger(RoomEndpoint.class.getName());
    private static final String CONNECTION = "parley.connection";
    private static final String STOMP = "parley.stomp";

    @Inject
    private Connections connections;
    @Inject
    private FrameRouter router;
    @Inject
    private StompAdmission stomp;

    /** Opens a connection for the verified caller. Closes a session without one. */
    @OnOpen
    public void open(Session session) throws IOException {
        if (!(session.getUserProperties().get(TokenConfigurator.PRINCIPAL) instanceof CallerPrincipal principal)) {
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(CloseCode.SIGNED_OUT.code()), "no caller"));
        } else if (Handshake.STOMP_SUBPROTOCOL.equals(session.getNegotiatedSubprotocol())) {
            session.getUserProperties().put(STOMP, stomp.enter(principal, new StandardWire(session)));
        } else if (principal.caller() == null) {
            // The container chose another subprotocol than the handshake was admitted for.
            session.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(CloseCode.SIGNED_OUT.code()), "no caller"));
        } else {
            session.getUserProperties().put(CONNECTION,
                    connections.open(session.getId(), principal.caller(), principal.address(), new StandardWire(session)));
        }
    }

    /** Receives a complete text message. */
    @OnMessage(maxMessageSize = Codec.LARGEST_FRAME)
    public void text(Session session, String frame) {
        if (session.getUserProperties().get(STOMP) instanceof StompSocket socket) {
            socket.text(frame);
            return;
        }
        receive(session, Received.text(StandardWire.encodingOf(session), frame));
    }

    /** Receives a complete binary message. */
    @OnMessage(maxMessageSize = Codec.LARGEST_FRAME)
    public void binary(Session session, byte[] frame) {
        if (session.getUserProperties().get(STOMP) instanceof StompSocket socket) {
            socket.binary(frame);
            return;
        }
        receive(session, Received.binary(StandardWire.encodingOf(session), frame));
    }

    /** Receives the answer to a ping. */
    @OnMessage
    public void pong(Session session, PongMessage pong) {
        if (session.getUserProperties().get(CONNECTION) instanceof Connection connection) {
            connection.answered();
        } else if (session.getUserProperties().get(STOMP) instanceof StompSocket socket) {
            socket.pong();
        }
    }

    /** Unregisters a connection that ended for any reason. */
    @OnClose
    public void close(Session session) {
        if (session.getUserProperties().remove(CONNECTION) instanceof Connection connection) {
            connections.closed(connection);
        } else if (session.getUserProperties().remove(STOMP) instanceof StompSocket socket) {
            socket.ended();
        }
    }

    /** Logs a transport error. The container closes the session. */
    @OnError
    public void error(Session session, Throwable failure) {
        LOG.log(Level.FINE, "Session " + session.getId() + " failed; the container closes it", failure);
    }

    private void receive(Session session, Inbound frame) {
        if (session.getUserProperties().get(CONNECTION) instanceof Connection connection) {
            connection.heard();
            // Frames after the close are ignored.
            if (!connection.isClosing()) {
                router.route(connection, frame);
            }
        }
    }
}
