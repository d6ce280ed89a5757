package parley.socket;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import parley.hub.Hub;

/** An upgrade request that was let through: whose arrival it is is its principal, and the socket it becomes is the caller's. */
final class AdmittedRequest extends HttpServletRequestWrapper {

    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";
    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

    private final Arrival arrival;
    private final Hub hub;
    private final FrameRouter router;
    private final boolean ownSocket;
    private final boolean offered;

    /**
     * @param ownSocket whether the socket is to be {@link UpgradedSocket}, where the container has that way; otherwise it
     *     is what the container makes of {@link RoomEndpoint}
     */
    AdmittedRequest(Handshake handshake, Arrival arrival, Hub hub, FrameRouter router, boolean ownSocket) {
        super(handshake.request());
        this.arrival = arrival;
        this.hub = hub;
        this.router = router;
        this.ownSocket = ownSocket;
        this.offered = handshake.offersSubprotocols();
    }

    @Override
    public Principal getUserPrincipal() {
        return arrival;
    }

    // By name, so that nothing of Tyrus is needed elsewhere.
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        if (!ownSocket || !handler.getName().equals(TYRUS)) {
            return super.upgrade(handler);
        }
        UpgradedSocket socket = super.upgrade(UpgradedSocket.class);
        socket.admit(arrival.caller(), arrival.address(), hub, router);
        return handler.cast(socket);
    }

    @Override
    public String getHeader(String name) {
        return name.equalsIgnoreCase(SUBPROTOCOLS) && offered ? Handshake.SUBPROTOCOL : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(SUBPROTOCOLS) && offered
                ? Collections.enumeration(Collections.singleton(Handshake.SUBPROTOCOL)) : super.getHeaders(name);
    }
}
