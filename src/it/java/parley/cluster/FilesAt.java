package parley.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import parley.kit.Json;
import parley.server.Instance;

/** The requests of one person for files of a room, to one instance. */
final class FilesAt {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Instance instance;
    private final String room;
    private final String token;

    FilesAt(Instance instance, String room, String token) {
        this.instance = instance;
        this.room = room;
        this.token = token;
    }

    /** Uploads a file, and returns its id. */
    String uploads(byte[] bytes) {
        return Json.read(text(send("POST", "/api/rooms/" + room + "/files?name=a.bin", BodyPublishers.ofByteArray(bytes)))).get("id")
                .stringValue();
    }

    /** Begins an upload by tus, and returns its path, which is the same on every instance. */
    String begins(long length) {
        HttpResponse<byte[]> created = send("POST", "/api/rooms/" + room + "/files", BodyPublishers.noBody(), "Tus-Resumable", "1.0.0",
                "Upload-Length", "" + length);
        return created.headers().firstValue("Location").orElseThrow().replaceFirst(".*(?=/api/)", "");
    }

    /** How much of an upload has arrived. */
    long offset(String upload) {
        return Long.parseLong(send("HEAD", upload, BodyPublishers.noBody(), "Tus-Resumable", "1.0.0").headers()
                .firstValue("Upload-Offset").orElseThrow());
    }

    /** Completes an upload. Returns the status. */
    int sends(String upload, long offset, byte[] bytes) {
        return send("PATCH", upload, BodyPublishers.ofByteArray(bytes), patch(offset)).statusCode();
    }

    /** Sends these bytes of an upload, and then nothing more, although the upload is longer. Returns what ends the request. */
    CompletableFuture<HttpResponse<byte[]>> stalls(String upload, long offset, byte[] bytes) {
        CountDownLatch never = new CountDownLatch(1);
        InputStream body = new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                if (at == bytes.length) {
                    try {
                        never.await();
                    } catch (InterruptedException ended) {
                        throw new IOException(ended);
                    }
                }
                int count = Math.min(length, bytes.length - at);
                System.arraycopy(bytes, at, into, from, count);
                at += count;
                return count;
            }
        };
        HttpRequest request = request("PATCH", upload, BodyPublishers.ofInputStream(() -> body), patch(offset));
        return CLIENT.sendAsync(request, BodyHandlers.ofByteArray()).whenComplete((answer, failed) -> never.countDown());
    }

    /** The bytes of a file, or the status of a refusal. */
    HttpResponse<byte[]> reads(String id) {
        return send("GET", "/api/files/" + id, BodyPublishers.noBody());
    }

    private static String[] patch(long offset) {
        return new String[] {"Tus-Resumable", "1.0.0", "Upload-Offset", "" + offset, "Content-Type", "application/offset+octet-stream"};
    }

    private HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers) {
        try {
            return CLIENT.send(request(method, path, body, headers), BodyHandlers.ofByteArray());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private HttpRequest request(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance.base() + path)).method(method, body)
                .header("Authorization", "Bearer " + token);
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
