package parley.proxy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An instance that a test plays: it answers as Parley at that context root would, and keeps what it was asked. */
final class StandIn implements AutoCloseable {

    /** What Parley gives to every answer and a server without Parley to none. */
    static final String MARK = "Content-Security-Policy";

    /** What it was asked. */
    record Asked(long moment, String method, String path, Map<String, List<String>> headers, String body) {

        /** A header's lines as one, or nothing. */
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    private enum State { STARTING, READY, LEAVING }

    private final String context;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final State state;
    private final HttpServer server;

    private StandIn(String context, int port, State state) {
        this.context = context;
        this.state = state;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException taken) {
            throw new AssertionError(taken);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One that has started. */
    static StandIn at(String context) {
        return new StandIn(context, 0, State.READY);
    }

    /** One whose server listens already at that port and has not loaded Parley yet. */
    static StandIn starting(String context, int port) {
        return new StandIn(context, port, State.STARTING);
    }

    /** One that sends everyone away before it stops. */
    static StandIn leaving(String context) {
        return new StandIn(context, 0, State.LEAVING);
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** All that was asked, but for how it is. */
    List<Asked> asked() {
        return asked.stream().filter(request -> !request.path().equals(context + "/ready")).toList();
    }

    /** How often a proxy asked how it is. */
    long checks() {
        return asked.stream().filter(request -> request.path().equals(context + "/ready")).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        asked.add(new Asked(System.nanoTime(), exchange.getRequestMethod(), path, Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Headers headers = exchange.getResponseHeaders();
        if (state == State.STARTING) {
            says(exchange, 404, "nothing here yet");
        } else if (!path.startsWith(context + "/")) {
            says(exchange, 200, "not for outside");
        } else {
            headers.set(MARK, "default-src 'none'");
            switch (path.substring(context.length())) {
                case "/ready", "/ws" -> says(exchange, state == State.LEAVING ? 503 : 200, "");
                case "/refused" -> says(exchange, 503, "unavailable");
                case "/broken" -> {
                    headers.remove(MARK);
                    says(exchange, 503, "no such pattern");
                }
                case "/missing" -> says(exchange, 404, "not_found");
                case "/dies" -> exchange.close();
                case "/made" -> {
                    headers.set("Location", exchange.getRequestHeaders().getFirst("X-Forwarded-Proto") + "://"
                            + exchange.getRequestHeaders().getFirst("Host") + context + "/api/rooms/plaza");
                    says(exchange, 201, "made");
                }
                default -> says(exchange, 200, "here");
            }
        }
    }

    private static void says(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, exchange.getRequestMethod().equals("HEAD") ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
