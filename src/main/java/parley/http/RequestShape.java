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
 * Refuses requests that are malformed or can't be for this application, by {@link RequestHead}. On Payara it also puts a
 * {@link GrizzlyGate} before the server's own routing, which answers some of these requests with 503 or an empty 200.
 */
public class RequestShape extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(RequestShape.class.getName());

    @Inject
    private transient AnswerHeaders headers;
    @Inject
    private transient Settings settings;
    private transient volatile boolean isElsewhere;
    private transient volatile boolean hasGate;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        putGateBefore(request);
        Optional<RequestHead.Refusal> refusal = head(request).refusal(request.getContextPath());
        if (refusal.isPresent()) {
            headers.all().forEach(response::setHeader);
            ProblemBody.send(response, refusal.get().status(), refusal.get().problem());
        } else {
            chain.doFilter(request, response);
        }
    }

    // The first request over a listener brings the way to it.
    private void putGateBefore(HttpServletRequest request) {
        if (isElsewhere) {
            return;
        }
        try {
            hasGate = GrizzlyGate.putBefore(request, headers.all(),
                    () -> new BodyGathering.Bounds(settings.http().bodiesInProgress(), settings.http().bodyTime()));
        } catch (LinkageError otherServer) {
            LOG.log(Level.FINE, "This is not the server that the gate is made for", otherServer);
            isElsewhere = true;
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
            GrizzlyGate.takeAway();
        }
    }
}
