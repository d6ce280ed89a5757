package parley.notify;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts to a push service over HTTP/1.1. The JDK's client resolves names itself, so it could connect to another address than the one that
 * was checked; this one connects to a given address and verifies the certificate of the host. It follows no redirects, reads only the head
 * of the response, and takes at most a given time.
 */
final class PushConnection {

    /** The most bytes of a response that are read. */
    static final int LARGEST_HEAD = 16_384;

    /**
     * The response of a push service.
     *
     * @param retryAfter how long the service asks to wait; zero if it does not say
     */
    record Answer(int status, Duration retryAfter) {}

    private final ScheduledExecutorService timer;
    private final Duration timeout;

    /** @param timer closes connections that take too long */
    PushConnection(ScheduledExecutorService timer, Duration timeout) {
        this.timer = timer;
        this.timeout = timeout;
    }

    /** Posts this body. Blocks until the head of the response has arrived. An {@link IOException} if it does not arrive in time. */
    Answer post(URI endpoint, InetAddress address, Map<String, String> headers, byte[] body) throws IOException {
        try (Socket socket = new Socket()) {
            ScheduledFuture<?> end = timer.schedule(() -> closeQuietly(socket), timeout.toMillis(), TimeUnit.MILLISECONDS);
            try {
                socket.connect(new InetSocketAddress(address, PushEndpoints.port(endpoint)), (int) timeout.toMillis());
                socket.setSoTimeout((int) timeout.toMillis());
                Socket secured = "https".equalsIgnoreCase(endpoint.getScheme()) ? secured(socket, endpoint) : socket;
                write(secured.getOutputStream(), endpoint, headers, body);
                return read(new BufferedInputStream(secured.getInputStream()));
            } finally {
                end.cancel(false);
            }
        }
    }

    private static Socket secured(Socket socket, URI endpoint) throws IOException {
        SSLSocket secured = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(socket, endpoint.getHost(), PushEndpoints.port(endpoint), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static void write(OutputStream out, URI endpoint, Map<String, String> headers, byte[] body) throws IOException {
        String path = endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
        StringBuilder head = new StringBuilder("POST ").append(path)
                .append(endpoint.getRawQuery() == null ? "" : "?" + endpoint.getRawQuery()).append(" HTTP/1.1\r\n")
                .append("Host: ").append(endpoint.getRawAuthority()).append("\r\nConnection: close\r\nContent-Length: ").append(body.length)
                .append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private static Answer read(InputStream in) throws IOException {
        String[] lines = head(in).split("\r\n", -1);
        if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new IOException("The push service did not answer with HTTP/1.1");
        }
        Duration retryAfter = Duration.ZERO;
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).matches("retry-after: *[0-9]{1,6} *")) {
                retryAfter = Duration.ofSeconds(Long.parseLong(line.substring("retry-after:".length()).strip()));
            }
        }
        return new Answer(Integer.parseInt(lines[0].substring(9, 12)), retryAfter);
    }

    // The head of the response, without its last line break.
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0 || read.size() >= LARGEST_HEAD) {
                throw new IOException("The push service's response has no head, or one of more than " + LARGEST_HEAD + " bytes");
            }
            read.write(next);
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // The socket is gone, which is what this is for.
        }
    }
}
