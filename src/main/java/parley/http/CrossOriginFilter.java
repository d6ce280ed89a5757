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
 * standard's CORS protocol), without credentials: a token is sent in a header, and there are no cookies. Requests without
 * {@code Origin}, which come from programs, pass unchanged.
 */
public class CrossOriginFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final String ORIGIN = "Origin";
    // Browsers keep the answer to a preflight for two hours at most.
    private static final String MAX_AGE_SECONDS = "7200";

    @Inject
    private transient OriginPolicy origins;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isPreflight = request.getMethod().equals("OPTIONS") && request.getHeader(ORIGIN) != null
                && request.getHeader("Access-Control-Request-Method") != null;
        boolean allowed = request.getHeader(ORIGIN) != null && origins.allows(request);
        if (allowed) {
            response.setHeader("Access-Control-Allow-Origin", request.getHeader(ORIGIN));
            response.setHeader("Access-Control-Expose-Headers", "Location, Retry-After, WWW-Authenticate, "
                    + "Tus-Resumable, Upload-Expires, Upload-Length, Upload-Offset");
        }
        if (!isPreflight) {
            chain.doFilter(request, response);
        } else if (allowed) {
            response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
            response.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID, Range, "
                    + "Tus-Resumable, Upload-Length, Upload-Metadata, Upload-Offset");
            response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            ProblemResponse.of(Problem.forbidden("Pages of this origin can't call this server. parley.allowed-origins names the origins."))
                    .send(response);
        }
    }
}
