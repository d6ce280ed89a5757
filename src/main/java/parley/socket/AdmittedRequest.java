package parley.socket;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import parley.identity.Caller;

/** An upgrade request that was let through: the caller is its principal, and its token is no longer in it. */
final class AdmittedRequest extends HttpServletRequestWrapper {

    private static final String TYRUS = "org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler";
    private static final String SUBPROTOCOLS = "Sec-WebSocket-Protocol";

    private final Caller caller;
    private final boolean offered;

    AdmittedRequest(Handshake handshake, Caller caller) {
        super(handshake.request());
        this.caller = caller;
        this.offered = handshake.offersSubprotocols();
    }

    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    // Where the container is Tyrus its frames are guarded; by name, so that nothing of it is needed elsewhere.
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        return handler.getName().equals(TYRUS) ? handler.cast(super.upgrade(GuardedUpgrade.class)) : super.upgrade(handler);
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
