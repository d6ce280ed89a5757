package parley.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.outgoing.Endpoints;
import parley.outgoing.Hosts;
import parley.outgoing.PinnedConnection;
import parley.outlet.OutgoingEvent;

/** Posting an event: each outcome has its name, and the address that was checked is the one that is connected to. */
class WebhookPostTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.ofEpochSecond(1_900_000_000);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String URL = "https://ci.example/hook?x=1";
    private static final OutgoingEvent EVENT = new OutgoingEvent("orders:e:7", "orders", 7, "message.posted", NOW, Optional.of("7"), "{}");

    private final Queue<String> addresses = new ArrayDeque<>();
    private final List<PinnedConnection.Request> requests = new ArrayList<>();
    private final List<String> connected = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    private Outcome post(String url, Answer answer) {
        return new WebhookPost(new Endpoints(new Hosts(List.of(), host -> {
            if (addresses.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getByName(addresses.remove())};
        })), (request, address, longest) -> {
            requests.add(request);
            connected.add(address.getHostAddress());
            return answer.give();
        }, LONGEST, nanos::get).post(new WebhookRows.Target(url, SECRET, Optional.empty(), NOW), EVENT, NOW);
    }

    private interface Answer {
        Outcome give() throws IOException;
    }

    @Test
    void aHostThatResolvesToAPrivateAddressTheSecondTimeIsNotReached() {
        addresses.addAll(List.of("93.184.216.34", "192.168.1.1"));
        assertThat(post(URL, () -> Outcome.answered(204, Duration.ZERO, "")).status()).isEqualTo("delivered");
        assertThat(post(URL, () -> Outcome.answered(204, Duration.ZERO, "")).status()).isEqualTo("address not allowed");
        assertThat(connected).containsExactly("93.184.216.34");
    }

    @ParameterizedTest
    @CsvSource({"http://ci.example/, address not allowed", "https://127.0.0.1/, address not allowed",
        "https://nowhere.example/, host unknown"})
    void aUrlThatIsNotAllowedOrUnknownIsNotPostedTo(String url, String status) {
        assertThat(post(url, () -> Outcome.answered(204, Duration.ZERO, "")).status()).isEqualTo(status);
        assertThat(requests).isEmpty();
    }

    @Test
    void eachFailureHasAName() {
        addresses.addAll(List.of("93.184.216.34", "93.184.216.34", "93.184.216.34"));
        assertThat(post(URL, () -> {
            throw new IOException("reset");
        }).status()).isEqualTo("not reached");
        assertThat(post(URL, () -> {
            throw new SSLHandshakeException("unknown authority");
        }).status()).isEqualTo("certificate not valid");
        assertThat(post(URL, () -> {
            nanos.addAndGet(LONGEST.toNanos());
            throw new IOException("Socket closed");
        }).status()).isEqualTo("timed out");
    }

    @Test
    void aRequestIsSignedWithEachSecretThatIsGoodNow() {
        addresses.addAll(List.of("93.184.216.34"));
        post(URL, () -> Outcome.answered(204, Duration.ZERO, ""));
        PinnedConnection.Request request = requests.getFirst();
        String body = new String(request.body(), StandardCharsets.UTF_8);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).hasToString(URL);
        assertThat(request.headers()).containsEntry("webhook-id", "orders:e:7").containsEntry("webhook-timestamp", "1900000000")
                .containsEntry("webhook-signature", Signatures.sign(SECRET, "orders:e:7", 1_900_000_000, body))
                .containsEntry("Content-Type", "application/cloudevents+json; charset=utf-8");
        assertThat(body).isEqualTo(EVENT.cloudEvent());

        String former = Signatures.newSecret();
        WebhookRows.Target rotated = new WebhookRows.Target(URL, SECRET, Optional.of(former), NOW.plusSeconds(1));
        assertThat(rotated.secrets(NOW)).containsExactly(SECRET, former);
        assertThat(rotated.secrets(NOW.plusSeconds(1))).containsExactly(SECRET);
        assertThat(rotated.toString()).doesNotContain("whsec");
    }

    /** Answers of a server in this JVM. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok | delivered | 0 | false |",
        "500 No\\r\\nContent-Length: 5\\r\\n\\r\\nDisk! | answered 500 | 0 | false | Disk!",
        "503 No\\r\\nRetry-After: 90\\r\\nContent-Length: 0\\r\\n\\r\\n | answered 503 | 90 | false |",
        "410 Gone\\r\\nContent-Length: 0\\r\\n\\r\\n | answered 410 | 0 | true |",
        "302 Found\\r\\nLocation: http://127.0.0.1/\\r\\nContent-Length: 0\\r\\n\\r\\n | redirected | 0 | false |"})
    void anAnswerBecomesAnOutcome(String answer, String status, int pause, boolean lasting, String excerpt) throws Exception {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[8_192]);
                    client.getOutputStream().write(("HTTP/1.1 " + answer.replace("\\r", "\r").replace("\\n", "\n"))
                            .getBytes(StandardCharsets.UTF_8));
                } catch (IOException closed) {
                    // The client closed the connection.
                }
            });
            Outcome outcome = new WebhookPost(new Endpoints(List.of("localhost")), WebhookPost.over(new PinnedConnection(timer)),
                    LONGEST, System::nanoTime).post(new WebhookRows.Target("http://localhost:" + server.getLocalPort() + "/", SECRET,
                    Optional.empty(), NOW), EVENT, NOW);
            assertThat(outcome).isEqualTo(new Outcome(status, Duration.ofSeconds(pause), lasting, Optional.ofNullable(excerpt).orElse("")));
        } finally {
            timer.shutdownNow();
        }
    }
}
