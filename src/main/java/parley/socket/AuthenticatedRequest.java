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
    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private final CallerPrincipal principal;
    private final Supplier<UpgradedSocket> sockets;
    private final Optional<String> subprotocol;
    private UpgradedSocket upgraded;

    /**
     * @param sockets creates the upgrade handler in place of the one that Tyrus asks the container for; null leaves the upgrade to the
     *     container and {@link RoomEndpoint}
     */
    AuthenticatedRequest(Handshake handshake, CallerPrincipal principal, Supplier<UpgradedSocket> sockets) {
        super(handshake.request());
        this.principal = principal;
        this.sockets = sockets;
        this.subprotocol = handshake.subprotocol();
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

    // Only the protocol's name: the other subprotocols may carry the token, which must not be echoed. And no extensions: the container
    // would negotiate its own.
    @Override
    public String getHeader(String name) {
        if (name.equalsIgnoreCase(SUBPROTOCOLS)) {
            return subprotocol.orElse(null);
        }
        return name.equalsIgnoreCase(EXTENSIONS) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (name.equalsIgnoreCase(SUBPROTOCOLS)) {
            return Collections.enumeration(subprotocol.stream().toList());
        }
        return name.equalsIgnoreCase(EXTENSIONS) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }
}
