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

/** An upgrade request that passed {@link HandshakeFilter}. Its principal is the verified caller. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private static final String TYRUS_HANDLER = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";
    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

    private final CallerPrincipal principal;
    private final Supplier<UpgradedSocket> sockets;
    private final boolean offersSubprotocols;
    private UpgradedSocket upgraded;

    /**
     * @param sockets creates the upgrade handler in place of the one that Tyrus asks the container for; null leaves the upgrade to the
     *     container and {@link RoomEndpoint}
     */
    AuthenticatedRequest(Handshake handshake, CallerPrincipal principal, Supplier<UpgradedSocket> sockets) {
        super(handshake.request());
        this.principal = principal;
        this.sockets = sockets;
        this.offersSubprotocols = handshake.offersSubprotocols();
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    // Compares names, because servers without Tyrus lack the class. The container sees no upgrade, so it completes the request as usual.
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        if (sockets == null || !handler.getName().equals(TYRUS_HANDLER)) {
            return super.upgrade(handler);
        }
        upgraded = sockets.get();
        return handler.cast(upgraded);
    }

    /** The socket that Tyrus received; empty if the container performed the upgrade, or if there was none. */
    Optional<UpgradedSocket> upgraded() {
        return Optional.ofNullable(upgraded);
    }

    // Only the protocol's name: the other subprotocols may carry the token, which must not be echoed.
    @Override
    public String getHeader(String name) {
        return name.equalsIgnoreCase(SUBPROTOCOLS) && offersSubprotocols ? Handshake.SUBPROTOCOL : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return name.equalsIgnoreCase(SUBPROTOCOLS) && offersSubprotocols
                ? Collections.enumeration(Collections.singleton(Handshake.SUBPROTOCOL)) : super.getHeaders(name);
    }
}
