package parley.kit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A receiver of webhooks on this machine. It answers 204, unless a test says otherwise. Requests of former tests get 404. */
public final class HookReceiver implements AutoCloseable {

    /** In place of a status: no answer. */
    public static final int HANGS = -1;

    private static final int LONGEST_WAIT_SECONDS = 30;

    /** A request: its identity, time and signature, and its body. */
    public record Received(String id, String timestamp, String signature, String type, String body) {

        /** The CloudEvent. */
        public JsonNode event() {
            return Json.read(body);
        }

        /** The frame of the event. */
        public JsonNode data() {
            return event().get("data");
        }
    }

    private final String path = "/" + UUID.randomUUID();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Received> accepted = new LinkedBlockingQueue<>();
    private volatile Supplier<Integer> usual = () -> 204;

    private HookReceiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Receives on this port of {@code localhost}. */
    public static HookReceiver on(int port) {
        try {
            return new HookReceiver(port);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    /** Its URL. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    /** Answers the next requests with these statuses; a redirect leads to this machine. */
    public void answers(Integer... next) {
        statuses.addAll(List.of(next));
    }

    /** Answers all other requests with these statuses. */
    public void answers(Supplier<Integer> each) {
        usual = each;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Integer next = exchange.getRequestURI().getPath().equals(path) ? statuses.poll() : Integer.valueOf(404);
        int status = next == null ? usual.get() : next;
        if (status == HANGS) {
            try {
                end.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        }
        if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + path);
        }
        if (status / 100 == 2) {
            accepted.add(new Received(header(exchange, "webhook-id"), header(exchange, "webhook-timestamp"),
                    header(exchange, "webhook-signature"), header(exchange, "Content-Type"), body));
        }
        byte[] text = status / 100 == 5 ? "The disk is full".getBytes(StandardCharsets.UTF_8) : new byte[0];
        exchange.sendResponseHeaders(Math.max(status, 200), text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** The next request that was answered with success; waits for it. */
    public Received receives() {
        try {
            Received next = accepted.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Nothing was received within " + LONGEST_WAIT_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopping);
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.close();
    }
}
