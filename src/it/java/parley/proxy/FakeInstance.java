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

/** A fake instance: it responds like Parley at this context root and records all requests. Safe for all threads. */
final class FakeInstance implements AutoCloseable {

    /** A header that every response of Parley has, and no response of a server without Parley. */
    static final String PARLEY_HEADER = "Content-Security-Policy";

    /** A recorded request; {@code moment} is its {@code System.nanoTime()}. */
    record Request(long moment, String method, String path, Map<String, List<String>> headers, String body) {

        /** All values of a header, separated by commas; empty if there are none. */
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    private enum State { STARTING, READY, STOPPING }

    private final String context;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final State state;
    private final HttpServer server;

    private FakeInstance(String context, int port, State state) {
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

    /** A ready instance on a free port. */
    static FakeInstance at(String context) {
        return new FakeInstance(context, 0, State.READY);
    }

    /** An instance whose server listens on this port but has not loaded Parley yet. */
    static FakeInstance starting(String context, int port) {
        return new FakeInstance(context, port, State.STARTING);
    }

    /** An instance in graceful shutdown: its readiness check fails. */
    static FakeInstance stopping(String context) {
        return new FakeInstance(context, 0, State.STOPPING);
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** All requests except health checks. */
    List<Request> requests() {
        return requests.stream().filter(request -> !request.path().equals(context + "/ready")).toList();
    }

    /** The number of health checks. */
    long checks() {
        return requests.stream().filter(request -> request.path().equals(context + "/ready")).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(new Request(System.nanoTime(), exchange.getRequestMethod(), path, Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Headers headers = exchange.getResponseHeaders();
        if (state == State.STARTING) {
            respond(exchange, 404, "not deployed yet");
        } else if (!path.startsWith(context + "/")) {
            respond(exchange, 200, "internal");
        } else {
            headers.set(PARLEY_HEADER, "default-src 'none'");
            switch (path.substring(context.length())) {
                case "/ready", "/ws" -> respond(exchange, state == State.STOPPING ? 503 : 200, "");
                case "/refused" -> respond(exchange, 503, "unavailable");
                case "/broken" -> {
                    headers.remove(PARLEY_HEADER);
                    respond(exchange, 503, "no such pattern");
                }
                case "/missing" -> respond(exchange, 404, "not_found");
                case "/dies" -> exchange.close();
                case "/made" -> {
                    headers.set("Location", exchange.getRequestHeaders().getFirst("X-Forwarded-Proto") + "://"
                            + exchange.getRequestHeaders().getFirst("Host") + context + "/api/rooms/plaza");
                    respond(exchange, 201, "made");
                }
                default -> respond(exchange, 200, "here");
            }
        }
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
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
