package parley.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** An OTLP receiver over HTTP on a free port of loopback. It keeps everything that it receives. */
public final class SpanReceiver {

    private final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Starts a receiver. */
    public SpanReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    /** The settings of a server that exports half of its traces to this receiver. */
    public Map<String, String> settings() {
        return Map.of("otel.sdk.disabled", "false", "otel.traces.sampler", "parentbased_traceidratio", "otel.traces.sampler.arg", "0.5",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.exporter.otlp.endpoint", "http://127.0.0.1:" + server.getAddress().getPort(), "otel.bsp.schedule.delay", "100");
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            requests.add(request);
            if (exchange.getRequestURI().getPath().equals("/v1/traces")) {
                spans.addAll(Span.ofRequest(request));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** All spans so far, in the order of arrival. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** Everything received so far, each byte as one character. */
    public String everything() {
        var all = new StringBuilder();
        requests.forEach(request -> all.append(new String(request, StandardCharsets.ISO_8859_1)));
        return all.toString();
    }
}
