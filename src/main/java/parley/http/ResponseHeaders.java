package parley.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.settings.Settings;

/**
 * The headers of every response. Pages load and run only what this server sends, connect to this server and to the configured
 * OpenID Connect provider, and may be framed only by the origins that the settings name.
 */
@ApplicationScoped
public class ResponseHeaders {

    // A new version of the WAR shows at once; unchanged files cost a 304.
    private static final String REVALIDATE = "no-cache";

    private Map<String, String> headers;

    /** For the container's proxy. */
    protected ResponseHeaders() {
    }

    @Inject
    public ResponseHeaders(Settings settings) {
        // The page calls the provider when someone signs in.
        String provider = settings.oidc().map(oidc -> " " + oidc.origin()).orElse("");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; "
                + "connect-src 'self'" + provider + "; img-src 'self' blob: data:; "
                + "media-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors " + settings.pages().frameAncestors());
        all.put("X-Content-Type-Options", "nosniff");
        all.put("Referrer-Policy", "no-referrer");
        // The page uses no others, so an injected script can't either.
        all.put("Permissions-Policy",
                "camera=(self), display-capture=(self), geolocation=(), microphone=(self), midi=(), payment=(), usb=()");
        all.put("Cross-Origin-Opener-Policy", "same-origin");
        all.put("Cache-Control", REVALIDATE);
        // The CORS headers of a response depend on the request's origin.
        all.put("Vary", "Origin");
        headers = Map.copyOf(all);
    }

    /** Names and values. */
    public Map<String, String> all() {
        return headers;
    }
}
