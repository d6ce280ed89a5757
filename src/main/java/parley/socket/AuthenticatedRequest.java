package parley.socket;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.function.Supplier;

/** An upgrade request that was let through: whose arrival it is is its principal, and the socket it becomes is the caller's. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";
    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

    private final CallerPrincipal principal;
    private final Supplier<UpgradedSocket> own;
    private final boolean offered;
    private UpgradedSocket upgraded;

    /**
     * @param own makes the socket that it is to become where Tyrus asks for one; otherwise it becomes what the container makes
     *     of {@link RoomEndpoint}
     */
    AuthenticatedRequest(Handshake handshake, CallerPrincipal principal, Supplier<UpgradedSocket> own) {
        super(handshake.request());
        this.principal = principal;
        this.own = own;
        this.offered = handshake.offersSubprotocols();
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    // By name, so that nothing of Tyrus is needed elsewhere. The container itself hears of no upgrade and ends the request.
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        if (own == null || !handler.getName().equals(TYRUS)) {
            return super.upgrade(handler);
        }
        upgraded = own.get();
        return handler.cast(upgraded);
    }

    /** The socket that it became, if it was to be one of Parley's own. */
    Optional<UpgradedSocket> upgraded() {
        return Optional.ofNullable(upgraded);
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
