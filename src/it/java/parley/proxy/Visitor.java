package parley.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import parley.server.Certificate;

/**
 * Someone who comes to a proxy over TLS, trusting its certificate and no other, from an address of loopback that is not the proxy's:
 * instances are to know the two apart.
 */
final class Visitor {

    /** Where this one comes from. */
    static final String ADDRESS = "127.0.0.2";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Certificate certificate;
    private final int port;
    private final HttpClient http;

    Visitor(Certificate certificate, int port) {
        this.certificate = certificate;
        this.port = port;
        try {
            http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(certificate.trusting())
                    .localAddress(InetAddress.getByName(ADDRESS)).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The proxy's own origin, as a browser names it. */
    String origin() {
        return "https://localhost:" + port;
    }

    HttpClient http() {
        return http;
    }

    /** Gets a path, with these headers: a name, its value, and so on. */
    HttpResponse<String> gets(String path, String... headers) {
        return sends(HttpRequest.newBuilder(URI.create(origin() + path)), headers);
    }

    /** Posts a JSON text. */
    HttpResponse<String> posts(String path, String json, String... headers) {
        return sends(HttpRequest.newBuilder(URI.create(origin() + path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)), headers);
    }

    /** Sends any request. */
    HttpResponse<String> sends(HttpRequest.Builder request, String... headers) {
        try {
            return http.send((headers.length == 0 ? request : request.headers(headers)).timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** A connection with TLS and nothing said on it yet. */
    SSLSocket connects() throws IOException {
        Socket plain = new Socket();
        plain.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), 0));
        plain.connect(new InetSocketAddress("127.0.0.1", port));
        var socket = (SSLSocket) certificate.trusting().getSocketFactory().createSocket(plain, "localhost", port, true);
        SSLParameters checks = socket.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checks);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    /** Sends these lines and an empty one, byte for byte, and reads the first line of the answer. */
    String says(String... lines) throws IOException {
        try (SSLSocket socket = connects()) {
            try {
                socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException hungUp) {
                // Whoever refuses a request early need not read the rest of it; the answer is there all the same.
            }
            var answer = new StringBuilder();
            for (int next = socket.getInputStream().read(); next >= 0 && next != '\r'; next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
            return answer.toString();
        }
    }
}
