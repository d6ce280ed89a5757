package parley.notify;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A push service in this JVM. It answers each push with a status that a test sets, 201 at first. */
public final class PushService implements AutoCloseable {

    /** A push as it arrived. */
    public record Received(String path, Map<String, List<String>> headers, byte[] body) {

        /** The first header of this name, which begins with a capital letter. */
        public String header(String name) {
            return headers.get(name).getFirst();
        }
    }

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final HttpServer server;
    private volatile int status = 201;

    public PushService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
        server.createContext("/", exchange -> {
            // The status of now: the test may set the next one as soon as it sees the push.
            int answer = status;
            received.add(new Received(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        server.start();
    }

    /** An endpoint of this service. */
    public String endpoint(String path) {
        return "http://localhost:" + server.getAddress().getPort() + "/" + path;
    }

    /** Answers with this status from now on. */
    public void answers(int next) {
        status = next;
    }

    /** The pushes that arrived, in order; a test takes them out. */
    public BlockingQueue<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
