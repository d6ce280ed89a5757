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

/**
 * Refuses what {@link RequestHead} refuses before Payara routes it. Payara looks at the raw path before any filter: a colon in it makes
 * a permission class throw (503 with a trace), and a path that can't be decoded gets 200 with an empty body.
 *
 * <p>Each listener has one gate. The first request over the listener installs it, and the application removes it when it stops.
 * Requests for other applications pass, except those whose path can't be decoded.
 */
final class GrizzlyGate extends HttpHandler {

    private static final Map<HttpServerFilter, GrizzlyGate> GATES = new ConcurrentHashMap<>();

    private static final String SOCKET = "/ws";

    private final HttpHandler next;
    private final String context;
    private final Map<String, String> headers;
    private final BodyBuffering.Bounds bodies;

    private GrizzlyGate(HttpHandler next, String context, Map<String, String> headers, BodyBuffering.Bounds bodies) {
        this.next = next;
        this.context = context;
        this.headers = headers;
        this.bodies = bodies;
        // The gate reads the raw target; the next handler decodes it.
        setDecodeUrl(false);
        setAllowEncodedSlash(next.isAllowEncodedSlash());
        setRequestURIEncoding(next.getRequestURIEncoding());
    }

    /**
     * Installs a gate in the listener that this request came over, if it has none. Answers whether the request came through Grizzly.
     * Throws a {@link LinkageError} on other servers.
     */
    static boolean install(HttpServletRequest request, Map<String, String> headers, Supplier<BodyBuffering.Bounds> bodies) {
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

    /** Removes all gates, so that no object of this application stays in the server. */
    static void removeAll() {
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

    // Null means: on this thread, at once.
    private Executor executor(Request request) {
        return BodyBuffering.isNeeded(request) && isBuffered(head(request)) ? BodyBuffering.of(request, bodies)
                : next.getRequestExecutorProvider().getExecutor(request);
    }

    private boolean isBuffered(RequestHead head) {
        return head.target().mayBeIn(context) && head.refusal(context).isEmpty() && !head.isUpload(context);
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        RequestHead head = head(request);
        Optional<ProblemResponse> refusal = BodyBuffering.refusal(request).or(() -> head.refusal(context));
        if (refusal.isPresent()) {
            refuse(request, response, refusal.get());
        } else {
            expectNothingAfterAnUpgrade(request.getRequest(), head.target(), BodyBuffering.hasLength(request));
            AsyncRequestFilter.behindTheGate(() -> next.service(request, response));
        }
    }

    // Grizzly takes all bytes after a request with an Upgrade header for its body. Only the socket may wait for them.
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
        return new RequestHead(packet.getMethod().getMethodString(), RequestTarget.of(target), values(request, "Host"),
                values(request, "Content-Length"),
                values(request, "Transfer-Encoding"));
    }

    private static List<String> values(Request request, String header) {
        return StreamSupport.stream(request.getHeaders(header).spliterator(), false).toList();
    }

    private void refuse(Request request, Response response, ProblemResponse refusal) throws IOException {
        byte[] body = refusal.body();
        headers.forEach(response::setHeader);
        refusal.headers().forEach(response::setHeader);
        // The rest of the body must not be read as the next request.
        if (request.getRequest().isExpectContent()) {
            request.getRequest().getProcessingState().setError(true);
            response.setHeader("Connection", "close");
        }
        response.setStatus(refusal.status());
        response.setContentType(refusal.headers().get("Content-Type"));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
