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
 * A client of a proxy over TLS that trusts only the proxy's certificate. It connects from another loopback address than the proxy, so
 * that instances can tell the two apart.
 */
final class ProxyClient {

    /** The client address. */
    static final String ADDRESS = "127.0.0.2";

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Certificate certificate;
    private final int port;
    private final HttpClient http;

    ProxyClient(Certificate certificate, int port) {
        this.certificate = certificate;
        this.port = port;
        try {
            http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(certificate.trusting())
                    .localAddress(InetAddress.getByName(ADDRESS)).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The origin of the proxy. */
    String origin() {
        return "https://localhost:" + port;
    }

    HttpClient http() {
        return http;
    }

    /** Gets a path with these headers, alternating names and values. */
    HttpResponse<String> get(String path, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(origin() + path)), headers);
    }

    /** Posts a JSON text. */
    HttpResponse<String> post(String path, String json, String... headers) {
        return send(HttpRequest.newBuilder(URI.create(origin() + path)).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)), headers);
    }

    /** Sends any request. */
    HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        try {
            return http.send((headers.length == 0 ? request : request.headers(headers)).timeout(TIMEOUT).build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** A TLS connection before its handshake. */
    SSLSocket connect() throws IOException {
        Socket plain = new Socket();
        plain.bind(new InetSocketAddress(InetAddress.getByName(ADDRESS), 0));
        plain.connect(new InetSocketAddress("127.0.0.1", port));
        var socket = (SSLSocket) certificate.trusting().getSocketFactory().createSocket(plain, "localhost", port, true);
        SSLParameters checks = socket.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(checks);
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        return socket;
    }

    /** Sends these lines and an empty line unchanged, and returns the status line of the response. */
    String sendRaw(String... lines) throws IOException {
        try (SSLSocket socket = connect()) {
            try {
                socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException closed) {
                // A server may refuse before it has read everything; the response is still readable.
            }
            var answer = new StringBuilder();
            for (int next = socket.getInputStream().read(); next >= 0 && next != '\r'; next = socket.getInputStream().read()) {
                answer.append((char) next);
            }
            return answer.toString();
        }
    }
}
