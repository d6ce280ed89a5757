package parley.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import parley.settings.Settings;

/**
 * Whose pages may connect and call: the server's own, and those that {@code parley.allowed-origins} names. Browsers send an
 * Origin with every WebSocket handshake (RFC 6455 section 10.2) and every cross-origin request; programs that send none are not
 * bound by it.
 */
@ApplicationScoped
public class OriginPolicy {

    @Inject
    private Settings settings;

    /** Compares scheme, host and port as a whole, never a part of them. */
    public boolean allows(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return true;
        }
        String asked = origin.toLowerCase(Locale.ROOT);
        return asked.equals(own(request)) || settings.pages().allowedOrigins().stream().anyMatch(asked::equalsIgnoreCase);
    }

    private static String own(HttpServletRequest request) {
        String scheme = request.getScheme().toLowerCase(Locale.ROOT);
        int port = request.getServerPort();
        boolean usual = scheme.equals("http") && port == 80 || scheme.equals("https") && port == 443;
        return scheme + "://" + request.getServerName().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + port);
    }
}
