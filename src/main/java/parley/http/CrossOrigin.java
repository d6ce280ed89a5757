package parley.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import parley.protocol.Problem;

/**
 * Lets pages of the origins that {@link OriginPolicy} allows load the client's module and call the HTTP interface (the Fetch
 * standard's CORS protocol). Never with credentials: a token is sent in a header, and there are no cookies. Programs that send no
 * {@code Origin} notice nothing of it.
 */
public class CrossOrigin extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final String ORIGIN = "Origin";
    // Browsers keep an answer to a preflight for two hours at most.
    private static final String KEPT_SECONDS = "7200";

    @Inject
    private transient OriginPolicy origins;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean asksBefore = request.getMethod().equals("OPTIONS") && request.getHeader(ORIGIN) != null
                && request.getHeader("Access-Control-Request-Method") != null;
        boolean allowed = request.getHeader(ORIGIN) != null && origins.allows(request);
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", request.getHeader(ORIGIN));
            response.setHeader("Access-Control-Expose-Headers", "Location, Retry-After, WWW-Authenticate");
        }
        if (!asksBefore) {
            chain.doFilter(request, response);
        } else if (allowed) {
            response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
            response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type");
            response.setHeader("Access-Control-Max-Age", KEPT_SECONDS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            ProblemBody.send(response, HttpServletResponse.SC_FORBIDDEN,
                    Problem.forbidden("Pages of this origin may not call this server; parley.allowed-origins names those that may."));
        }
    }
}
