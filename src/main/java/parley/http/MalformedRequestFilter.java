package parley.http;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.settings.Settings;

/**
 * Refuses requests that are malformed or can't be for this application, by {@link RequestHead}. On Payara it also installs a
 * {@link GrizzlyGate} before the server's own routing, which answers some of these requests with 503 or an empty 200.
 */
public class MalformedRequestFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(MalformedRequestFilter.class.getName());

    @Inject
    private transient ResponseHeaders headers;
    @Inject
    private transient Settings settings;
    private transient volatile boolean isOtherServer;
    private transient volatile boolean hasGate;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        installGate(request);
        Optional<ProblemResponse> refusal = head(request).refusal(request.getContextPath());
        if (refusal.isPresent()) {
            headers.all().forEach(response::setHeader);
            refusal.get().send(response);
        } else {
            chain.doFilter(request, response);
        }
    }

    // Only a request leads to its listener, so the first request over each listener installs the gate.
    private void installGate(HttpServletRequest request) {
        if (isOtherServer) {
            return;
        }
        try {
            hasGate = GrizzlyGate.install(request, headers.all(),
                    () -> new BodyBuffering.Bounds(settings.http().bodiesInProgress(), settings.http().bodyTime()));
        } catch (LinkageError otherServer) {
            LOG.log(Level.FINE, "No gate before the server's routing: this server is not Payara", otherServer);
            isOtherServer = true;
        }
    }

    private static RequestHead head(HttpServletRequest request) {
        return new RequestHead(request.getMethod(), new RequestTarget(request.getRequestURI(), request.getQueryString()),
                Collections.list(request.getHeaders("Host")), Collections.list(request.getHeaders("Content-Length")),
                Collections.list(request.getHeaders("Transfer-Encoding")));
    }

    @Override
    public void destroy() {
        if (hasGate) {
            GrizzlyGate.removeAll();
        }
    }
}
