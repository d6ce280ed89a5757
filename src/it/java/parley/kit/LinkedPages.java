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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Web pages on this machine that messages link to, as on the intranet of a portal. Anything that was not added is 404. */
public final class LinkedPages implements AutoCloseable {

    private static final int LONGEST_HOLD_SECONDS = 60;

    private record Page(int status, String type, byte[] body, String location) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch hold = new CountDownLatch(0);

    private LinkedPages(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Serves on this port of {@code localhost}. */
    public static LinkedPages on(int port) {
        try {
            return new LinkedPages(port);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        try {
            hold.await(LONGEST_HOLD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        Page page = pages.getOrDefault(exchange.getRequestURI().getPath(), new Page(404, "text/plain", new byte[0], ""));
        exchange.getResponseHeaders().set("Content-Type", page.type);
        if (!page.location.isEmpty()) {
            exchange.getResponseHeaders().set("Location", page.location);
        }
        exchange.sendResponseHeaders(page.status, page.body.length == 0 ? -1 : page.body.length);
        exchange.getResponseBody().write(page.body);
        exchange.close();
    }

    /** The URL of a path. */
    public String at(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** Adds a page with this title and these further elements of its head, and returns its URL. */
    public String adds(String path, String title, String head) {
        byte[] html = ("<!doctype html><title>" + title + "</title>" + head).getBytes(StandardCharsets.UTF_8);
        return adds(path, "text/html; charset=utf-8", html);
    }

    /** Adds anything. */
    public String adds(String path, String type, byte[] body) {
        pages.put(path, new Page(200, type, body, ""));
        return at(path);
    }

    /** Adds a redirect. */
    public String redirects(String path, String location) {
        pages.put(path, new Page(302, "text/html", new byte[0], location));
        return at(path);
    }

    /** Delays all answers until {@link #goesOn}. */
    public void holds() {
        hold = new CountDownLatch(1);
    }

    /** Answers the waiting requests, and all later ones. */
    public void goesOn() {
        hold.countDown();
    }

    /** The paths that were asked for, in order. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        hold.countDown();
        server.stop(0);
        threads.close();
    }
}
