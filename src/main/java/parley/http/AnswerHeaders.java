package parley.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.settings.Settings;

/**
 * The headers of every answer: nothing runs or loads in a page but what this server sent, and others may not frame it. The page may
 * speak to this server, and to the OpenID Connect provider where one is configured.
 */
@ApplicationScoped
public class AnswerHeaders {

    // A new version of the WAR shows at once; unchanged files cost a 304.
    private static final String REVALIDATE = "no-cache";

    private Map<String, String> headers;

    /** For the container's proxy. */
    protected AnswerHeaders() {
    }

    @Inject
    public AnswerHeaders(Settings settings) {
        // The page's sign-in asks the provider itself.
        String provider = settings.oidc().map(oidc -> " " + oidc.origin()).orElse("");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; "
                + "connect-src 'self'" + provider + "; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors " + settings.pages().frameAncestors());
        all.put("X-Content-Type-Options", "nosniff");
        all.put("Referrer-Policy", "no-referrer");
        // Nothing here looks at or listens to anyone; a script that got in could not either.
        all.put("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()");
        all.put("Cross-Origin-Opener-Policy", "same-origin");
        all.put("Cache-Control", REVALIDATE);
        // Whether another origin may read an answer depends on who asks.
        all.put("Vary", "Origin");
        headers = Map.copyOf(all);
    }

    /** Names and values. */
    public Map<String, String> all() {
        return headers;
    }
}
