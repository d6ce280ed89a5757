package parley.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import parley.settings.Settings;

/**
 * The origins whose pages may connect and call: the server's own, and those that {@code parley.allowed-origins} names. Browsers send
 * {@code Origin} with every WebSocket handshake (RFC 6455 section 10.2) and every cross-origin request. Requests without it come from
 * programs and are allowed.
 */
@ApplicationScoped
public class OriginPolicy {

    @Inject
    private Settings settings;

    /** Whether the request's origin is allowed. Compares scheme, host and port as a whole. */
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
        boolean isDefault = scheme.equals("http") && port == 80 || scheme.equals("https") && port == 443;
        return scheme + "://" + request.getServerName().toLowerCase(Locale.ROOT) + (isDefault ? "" : ":" + port);
    }
}
