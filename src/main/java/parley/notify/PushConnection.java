package parley.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import parley.outgoing.PinnedConnection;

/** Posts to a push service. It follows no redirects, reads only the head of the response, and takes at most a given time. */
final class PushConnection {

    /**
     * The response of a push service.
     *
     * @param retryAfter how long the service asks to wait; zero if it does not say
     */
    record Answer(int status, Duration retryAfter) {}

    private final PinnedConnection connection;
    private final Duration timeout;

    /** @param timer closes connections that take too long */
    PushConnection(ScheduledExecutorService timer, Duration timeout) {
        this.connection = new PinnedConnection(timer);
        this.timeout = timeout;
    }

    /** Posts this body. Blocks until the head of the response has arrived. An {@link IOException} if it does not arrive in time. */
    Answer post(URI endpoint, InetAddress address, Map<String, String> headers, byte[] body) throws IOException {
        return connection.send(new PinnedConnection.Request("POST", endpoint, headers, body), address, timeout, response ->
                new Answer(response.status(), delay(response.header("retry-after"))));
    }

    private static Duration delay(String seconds) {
        return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }
}
