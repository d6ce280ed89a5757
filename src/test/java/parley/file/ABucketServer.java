package parley.file;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An S3 server on loopback with one bucket: it stores, returns a range of, and deletes objects of signed requests. */
final class ABucketServer implements AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final HttpServer server;

    ABucketServer(String bucket) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/" + bucket + "/", this::serve);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String key = exchange.getRequestURI().getPath();
            if (!String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")).startsWith("AWS4-HMAC-SHA256 Credential=key/")) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    boolean signed = String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-content-sha256")).startsWith("STREAMING");
                    objects.put(key, signed ? withoutSignatures(body) : body);
                    exchange.sendResponseHeaders(200, -1);
                }
                case "GET" -> get(exchange, objects.get(key));
                case "DELETE" -> {
                    objects.remove(key);
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    // Chunks, each after a line with its length in hexadecimal digits and its signature.
    private static byte[] withoutSignatures(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int line = at;
            while (body[line] != '\n') {
                line++;
            }
            String head = new String(body, at, line - at, StandardCharsets.US_ASCII);
            int length = head.isBlank() || head.startsWith("x-amz") ? 0 : Integer.parseInt(head.replaceAll(";.*", "").strip(), 16);
            bytes.write(body, line + 1, length);
            at = line + 1 + length + (length > 0 ? 2 : 0);
        }
        return bytes.toByteArray();
    }

    private static void get(HttpExchange exchange, byte[] object) throws IOException {
        if (object == null) {
            byte[] error = "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, error.length);
            exchange.getResponseBody().write(error);
            return;
        }
        Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
        byte[] part = range.matches() ? Arrays.copyOfRange(object, Integer.parseInt(range.group(1)),
                Math.min(object.length, Integer.parseInt(range.group(2)) + 1)) : object;
        exchange.sendResponseHeaders(range.matches() ? 206 : 200, part.length);
        exchange.getResponseBody().write(part);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
