package parley.outgoing;

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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends a request over HTTP/1.1 to a given address. The JDK's client resolves names itself, so it could connect to another address than the
 * one that was checked; this one connects to that address, names the host, and verifies its certificate. It follows no redirects, and ends
 * after a given time, even if the other side still sends. Safe for every thread.
 */
public final class PinnedConnection {

    /** The most bytes of a response before its body. */
    public static final int LARGEST_HEAD = 16_384;

    private static final int CONTINUE_MOST = 5;

    private final ScheduledExecutorService timer;

    /** @param timer closes connections that take too long */
    public PinnedConnection(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /**
     * A request.
     *
     * @param target an http or https URL without user and fragment
     * @param headers in addition to those that the connection itself needs
     * @param body of this length; empty for none
     */
    public record Request(String method, URI target, Map<String, String> headers, byte[] body) {

        /** A request for what is at this URL. */
        public static Request get(URI target, Map<String, String> headers) {
            return new Request("GET", target, headers, new byte[0]);
        }
    }

    /**
     * The head of a response, and its body while the connection is open.
     *
     * @param headers by their names in lower case; of a repeated header, the first one
     */
    public record Response(int status, Map<String, String> headers, InputStream body) {

        /** A header; empty if it is absent. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** What is done with a response. The connection closes afterwards. */
    public interface Use<R> {
        R with(Response response) throws IOException;
    }

    /**
     * Sends a request and uses the response. Throws an {@link IOException} if all of it takes longer than this.
     *
     * @param address of the host, which was checked
     */
    public <R> R send(Request request, InetAddress address, Duration longest, Use<R> use) throws IOException {
        int millis = (int) Math.max(1, longest.toMillis());
        try (Socket socket = new Socket()) {
            ScheduledFuture<?> end = timer.schedule(() -> closeQuietly(socket), millis, TimeUnit.MILLISECONDS);
            try {
                socket.connect(new InetSocketAddress(address, Hosts.port(request.target)), millis);
                socket.setSoTimeout(millis);
                Socket secured = Hosts.isHttps(request.target) ? secured(socket, request.target) : socket;
                write(secured.getOutputStream(), request);
                return use.with(read(new BufferedInputStream(secured.getInputStream())));
            } finally {
                end.cancel(false);
            }
        }
    }

    private static Socket secured(Socket socket, URI target) throws IOException {
        SSLSocket secured = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(socket, target.getHost(), Hosts.port(target), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static void write(OutputStream out, Request request) throws IOException {
        URI target = request.target;
        String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        StringBuilder head = new StringBuilder(request.method).append(' ').append(path)
                .append(target.getRawQuery() == null ? "" : "?" + target.getRawQuery()).append(" HTTP/1.1\r\n")
                .append("Host: ").append(target.getRawAuthority()).append("\r\nConnection: close\r\n");
        if (!request.method.equals("GET")) {
            head.append("Content-Length: ").append(request.body.length).append("\r\n");
        }
        request.headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        out.write(request.body);
        out.flush();
    }

    private static Response read(InputStream in) throws IOException {
        for (int heads = 0; heads < CONTINUE_MOST; heads++) {
            String[] lines = head(in).split("\r\n", -1);
            if (!lines[0].matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
                throw new IOException("The host did not answer with HTTP/1.1");
            }
            int status = Integer.parseInt(lines[0].substring(9, 12));
            // A provisional response comes before the real one.
            if (status >= 200) {
                Map<String, String> headers = headers(lines);
                return new Response(status, headers, body(headers, in));
            }
        }
        throw new IOException("The host sends only provisional responses");
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static InputStream body(Map<String, String> headers, InputStream in) {
        if (headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).endsWith("chunked")) {
            return new ChunkedBody(in);
        }
        String length = headers.getOrDefault("content-length", "");
        return length.matches("[0-9]{1,18}") ? new LimitedBody(in, Long.parseLong(length)) : in;
    }

    // The head of the response, without its last line break.
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0 || read.size() >= LARGEST_HEAD) {
                throw new IOException("The response has no head, or one of more than " + LARGEST_HEAD + " bytes");
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
