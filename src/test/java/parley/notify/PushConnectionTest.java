package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connection to a push service, against servers in this JVM. */
class PushConnectionTest {

    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final PushConnection connection = new PushConnection(timer, TIMEOUT);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        timer.shutdownNow();
    }

    private PushConnection.Answer post(int port) throws IOException {
        return connection.post(URI.create("http://push.example:" + port + "/a/b?c=d"), InetAddress.getLoopbackAddress(),
                Map.of("Topic", "n1"), "body".getBytes(StandardCharsets.US_ASCII));
    }

    /** A server that writes these bytes to its only client, and then waits for the end of the test. */
    private ServerSocket writing(String bytes, boolean forever) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (Socket client = server.accept()) {
                OutputStream out = client.getOutputStream();
                do {
                    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                } while (forever);
                end.await();
            } catch (IOException | InterruptedException closed) {
                // The client closed the connection.
            }
        });
        return server;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 201", "HTTP/1.1 201 Created\r\nA: b\r\n"})
    void anAnswerWithoutAnEndFailsInTime(String answer) throws IOException {
        try (ServerSocket server = writing(answer, false)) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> post(server.getLocalPort())).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void anEndlessHeadFails() throws IOException {
        try (ServerSocket server = writing("a".repeat(1_000), true)) {
            assertThatThrownBy(() -> post(server.getLocalPort())).hasMessageContaining("more than 16384 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2 200 OK\r\n\r\n", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 20\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "\r\n\r\n"})
    void anotherProtocolFails(String answer) throws IOException {
        try (ServerSocket server = writing(answer, false)) {
            assertThatThrownBy(() -> post(server.getLocalPort())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anEndlessBodyIsNotRead() throws IOException {
        try (ServerSocket server = writing("HTTP/1.1 429 Slow\r\nRETRY-after: 17\r\n\r\nbody", true)) {
            assertThat(post(server.getLocalPort())).isEqualTo(new PushConnection.Answer(429, Duration.ofSeconds(17)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "99999999999999999999", "Fri, 31 Dec 2030 23:59:59 GMT", "1 2"})
    void anUnreadableDelayIsIgnored(String delay) throws IOException {
        try (ServerSocket server = writing("HTTP/1.1 503\r\nRetry-After: " + delay + "\r\n\r\n", false)) {
            assertThat(post(server.getLocalPort())).isEqualTo(new PushConnection.Answer(503, Duration.ZERO));
        }
    }

    @Test
    void postsToTheGivenAddressAndFollowsNoRedirect() throws IOException, InterruptedException {
        BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(List.of(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Host"), exchange.getRequestHeaders().getFirst("Topic"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII)));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(post(port).status()).isEqualTo(307);
            assertThat(received.take()).containsExactly("POST", "/a/b?c=d", "push.example:" + port, "n1", "body");
            assertThat(received).isEmpty();
        } finally {
            server.stop(0);
        }
    }
}
