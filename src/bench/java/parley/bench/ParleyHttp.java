package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** HTTP requests to prepare and observe a load. */
final class ParleyHttp {

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param base {@code http://localhost:<port>/parley} */
    ParleyHttp(URI base) {
        this.base = base;
    }

    /** Creates a public room; the owner becomes a member. {@link BenchFailed} if that fails. */
    void createRoom(String room, String ownersToken) {
        String body = "{\"id\":\"" + room + "\",\"name\":\"" + room + "\"}";
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(base + "/api/rooms"))
                .header("Authorization", "Bearer " + ownersToken).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build());
        if (answer.statusCode() != 201) {
            throw new BenchFailed("Could not create room " + room + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** The value of a metric; {@link BenchFailed} if it does not exist. */
    double metric(String name) {
        var request = HttpRequest.newBuilder(URI.create(base + "/metrics")).build();
        return send(request).body().lines().filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst()
                .orElseThrow(() -> new BenchFailed("The server has no metric " + name));
    }

    /** Whether the server says that it can serve. */
    boolean isReady() {
        return send(HttpRequest.newBuilder(URI.create(base + "/ready")).build()).statusCode() == 200;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("Interrupted");
        }
    }
}
