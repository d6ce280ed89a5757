package parley.rest;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import parley.settings.Settings;

/**
 * The headers of every answer: nothing runs or loads in a page but what this server sent, and others may not frame it. It
 * may speak to this server, and to the OpenID Connect provider where one is configured.
 */
public class PageHeaders extends HttpFilter {

    private static final long serialVersionUID = 1;
    // A new version of the WAR shows at once; unchanged files cost a 304.
    private static final String REVALIDATE = "no-cache";

    @Inject
    private transient Settings settings;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; "
                + "connect-src 'self'" + provider() + "; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors " + settings.frameAncestors());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        // Nothing here looks at or listens to anyone; a script that got in could not either.
        response.setHeader("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cache-Control", REVALIDATE);
        chain.doFilter(request, response);
    }

    // The page's sign-in asks the provider itself.
    private String provider() {
        return settings.oidc().map(oidc -> " " + oidc.origin()).orElse("");
    }
}
