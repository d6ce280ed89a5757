package parley.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import parley.kit.Http;

/** A portal on its own origin: one page with one Content Security Policy, and a token URL. */
final class HostPage implements AutoCloseable {

    private static final String NONCE = "r4nd0m";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile String html = "";
    private volatile String policy = "";
    private volatile String user = "alice";
    private volatile int tokenStatus = 200;
    private volatile String script = "";

    private HostPage(HttpServer server) {
        this.server = server;
    }

    /** A portal on this port of {@code localhost}. */
    static HostPage start(int port) {
        try {
            var page = new HostPage(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            page.server.createContext("/", page::answersPage);
            page.server.createContext("/your/token", page::answersToken);
            page.server.setExecutor(page.threads);
            page.server.start();
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    URI address() {
        return URI.create(origin() + "/");
    }

    /** Serves this embedding with this policy. Scripts get the policy's nonce, as from a portal's templates. */
    void shows(String embedding, String contentSecurityPolicy) {
        html = "<!doctype html><html lang=\"en\"><title>Intranet</title><h1>Intranet</h1>"
                + embedding.replace("<script ", "<script nonce=\"" + NONCE + "\" ") + "</html>";
        policy = contentSecurityPolicy.replace("{nonce}", NONCE);
    }

    /** Serves a module of its own at {@code /chat.js}. */
    void hosts(String module) {
        script = module;
    }

    /** Signs this person in to the portal. */
    void signsIn(String person) {
        user = person;
    }

    /** Makes the token URL answer with this status. */
    void answersTokensWith(int status) {
        tokenStatus = status;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answersPage(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/chat.js")) {
            answers(exchange, 200, "text/javascript; charset=utf-8", script);
            return;
        }
        if (!exchange.getRequestURI().getPath().equals("/")) {
            answers(exchange, 404, "text/plain", "");
            return;
        }
        exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        answers(exchange, 200, "text/html; charset=utf-8", html);
    }

    private void answersToken(HttpExchange exchange) throws IOException {
        String token = Http.anonymous().post("/dev/token", Map.of("user", user)).json(200).get("token").stringValue();
        answers(exchange, tokenStatus, "text/plain", tokenStatus == 200 ? token : "");
    }

    private static void answers(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
