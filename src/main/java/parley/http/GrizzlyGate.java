package parley.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.RequestExecutorProvider;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.DataChunk;
import parley.protocol.Problem;

/**
 * Stands before Payara's routing and refuses what {@link RequestHead} refuses. Payara looks at the raw path before any filter:
 * a colon in it makes a permission class throw (503 with a trace), and what can't be decoded gets 200 with an empty body.
 *
 * <p>One for each listener, put there by the first request over it and taken away when the application stops. Requests for other
 * applications pass, except those whose path nobody can decode.
 */
final class GrizzlyGate extends HttpHandler {

    private static final Map<HttpServerFilter, GrizzlyGate> GATES = new ConcurrentHashMap<>();

    private static final String SOCKET = "/ws";

    private final HttpHandler next;
    private final String context;
    private final Map<String, String> headers;
    private final BodyGathering.Bounds bodies;

    private GrizzlyGate(HttpHandler next, String context, Map<String, String> headers, BodyGathering.Bounds bodies) {
        this.next = next;
        this.context = context;
        this.headers = headers;
        this.bodies = bodies;
        // The gate reads the raw target itself, and what is next decodes it as it likes.
        setDecodeUrl(false);
        setAllowEncodedSlash(next.isAllowEncodedSlash());
        setRequestURIEncoding(next.getRequestURIEncoding());
    }

    /**
     * Puts a gate before the listener that this request came over, if none is there. Answers whether the request came through
     * Grizzly; a {@link LinkageError} says no too, on other servers.
     */
    static boolean putBefore(HttpServletRequest request, Map<String, String> headers, Supplier<BodyGathering.Bounds> bodies) {
        Optional<FilterChain> found = GrizzlyRequest.context(request).map(FilterChainContext::getFilterChain);
        if (found.isEmpty()) {
            return false;
        }
        FilterChain chain = found.get();
        int place = chain.indexOfType(HttpServerFilter.class);
        if (place < 0) {
            return false;
        }
        HttpServerFilter listener = (HttpServerFilter) chain.get(place);
        if (!(listener.getHttpHandler() instanceof GrizzlyGate)) {
            GATES.computeIfAbsent(listener, first -> {
                GrizzlyGate gate = new GrizzlyGate(first.getHttpHandler(), request.getContextPath(), headers, bodies.get());
                first.setHttpHandler(gate);
                return gate;
            });
        }
        return true;
    }

    /** Takes every gate away, so that nothing of this application stays in the server. */
    static void takeAway() {
        GATES.forEach((listener, gate) -> {
            if (listener.getHttpHandler() == gate) {
                listener.setHttpHandler(gate.next);
            }
        });
        GATES.clear();
    }

    @Override
    public RequestExecutorProvider getRequestExecutorProvider() {
        return this::executor;
    }

    // Null has the request served by this thread, at once.
    private Executor executor(Request request) {
        return BodyGathering.isDue(request) && isServed(head(request)) ? BodyGathering.of(request, bodies)
                : next.getRequestExecutorProvider().getExecutor(request);
    }

    private boolean isServed(RequestHead head) {
        return head.target().mayBeIn(context) && head.refusal(context).isEmpty();
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        RequestHead head = head(request);
        Optional<RequestHead.Refusal> refusal = BodyGathering.refusal(request).or(() -> head.refusal(context));
        if (refusal.isPresent()) {
            refuse(request, response, refusal.get());
        } else {
            expectNothingAfterAnUpgrade(request.getRequest(), head.target(), BodyGathering.hasLength(request));
            RequestThreads.behindTheGate(() -> next.service(request, response));
        }
    }

    // For Grizzly, all that follows a request with an Upgrade header is its content. Reading it would wait, so only the socket may.
    private void expectNothingAfterAnUpgrade(HttpRequestPacket packet, RequestTarget target, boolean hasLength) {
        if (packet.isUpgrade() && !hasLength && !target.path().equals(context + SOCKET) && target.mayBeIn(context)) {
            packet.setExpectContent(false);
        }
    }

    private static RequestHead head(Request request) {
        HttpRequestPacket packet = request.getRequest();
        DataChunk query = packet.getQueryStringDC();
        String path = packet.getRequestURIRef().getOriginalRequestURIBC().toString(StandardCharsets.ISO_8859_1);
        String target = query.isNull() ? path : path + "?" + query.toString(StandardCharsets.ISO_8859_1);
        return new RequestHead(packet.getMethod().getMethodString(), RequestTarget.of(target), values(request, "Host"), values(request, "Content-Length"),
                values(request, "Transfer-Encoding"));
    }

    private static List<String> values(Request request, String header) {
        return StreamSupport.stream(request.getHeaders(header).spliterator(), false).toList();
    }

    private void refuse(Request request, Response response, RequestHead.Refusal refusal) throws IOException {
        Problem problem = refusal.problem();
        byte[] body = ProblemBody.of(refusal.status(), problem).json().getBytes(StandardCharsets.UTF_8);
        headers.forEach(response::setHeader);
        if (problem.retryAfter() > 0) {
            response.setHeader("Retry-After", "" + problem.retrySeconds());
        }
        // What of a body is still to come must not be taken for the next request.
        if (request.getRequest().isExpectContent()) {
            request.getRequest().getProcessingState().setError(true);
            response.setHeader("Connection", "close");
        }
        response.setStatus(refusal.status());
        response.setContentType(ProblemBody.TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
