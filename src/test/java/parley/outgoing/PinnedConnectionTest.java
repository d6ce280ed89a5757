package parley.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading responses of a server in this JVM. */
class PinnedConnectionTest {

    private static final Duration LONGEST = Duration.ofMillis(500);
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final PinnedConnection connection = new PinnedConnection(timer);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void stop() {
        end.countDown();
        timer.shutdownNow();
    }

    /** What is read from a server that writes this and keeps the connection open. */
    private String body(String response) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = server.accept()) {
                    OutputStream out = client.getOutputStream();
                    out.write(response.getBytes(StandardCharsets.ISO_8859_1));
                    out.flush();
                    end.await();
                } catch (IOException | InterruptedException closed) {
                    // The client closed the connection.
                }
            });
            URI target = URI.create("http://name.that.nobody.looks.up.invalid:" + server.getLocalPort() + "/");
            return connection.send(PinnedConnection.Request.get(target, Map.of()), InetAddress.getLoopbackAddress(), LONGEST,
                    answer -> answer.status() + " " + new String(answer.body().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Content-Length: 3\\r\\n\\r\\nabcd|200 abc", "Content-Length: 0\\r\\n\\r\\nabcd|200 ",
        "Transfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\nA;x=y\\r\\n0123456789\\r\\n0\\r\\n\\r\\nrest|200 abc0123456789",
        "transfer-encoding: gzip, CHUNKED\\r\\n\\r\\n0\\r\\n\\r\\n|200 "})
    void aBodyEndsWhereItsHeadSays(String rest, String read) throws IOException {
        assertThat(body(OK + rest.replace("\\r", "\r").replace("\\n", "\n"))).isEqualTo(read.equals("200") ? "200 " : read);
    }

    @Test
    void provisionalResponsesAreSkipped() throws IOException {
        assertThat(body("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + "Content-Length: 1\r\n\r\na")).isEqualTo("200 a");
        assertThatThrownBy(() -> body("HTTP/1.1 100 Continue\r\n\r\n".repeat(100))).hasMessageContaining("provisional");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\nabc\r\n", "Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n",
        "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\na\r\n"})
    void aMalformedChunkFails(String rest) {
        assertThatThrownBy(() -> body(OK + rest)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 9\r\n\r\nabc", "\r\nabc", "Transfer-Encoding: chunked\r\n\r\n3\r\nab"})
    void aBodyThatDoesNotEndFailsInTime(String rest) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> body(OK + rest)).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
