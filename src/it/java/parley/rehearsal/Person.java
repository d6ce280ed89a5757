package parley.rehearsal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A user with a token who connects through the proxy. */
record Person(Host host, String token) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient PLAIN = HttpClient.newHttpClient();

    static String getPlain(URI address) throws IOException, InterruptedException {
        return PLAIN.send(HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), BodyHandlers.ofString()).body();
    }

    HttpClient http() {
        return HttpClient.newBuilder().sslContext(host.certificate.trusting()).version(HttpClient.Version.HTTP_1_1).build();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    void createRoom(String room) throws IOException, InterruptedException {
        HttpResponse<String> made = send(request("/api/rooms").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"id\":\"" + room + "\",\"name\":\"Plaza " + room + "\"}")));
        Rehearsal.check(made.statusCode() == 201, "Could not create a room: " + made.statusCode() + " " + made.body());
    }

    /** Sends commands on one socket in sequence and returns the {@code ok} of the last. */
    @SafeVarargs
    final JsonNode send(Map<String, Object>... commands) throws InterruptedException {
        BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        WebSocket socket = http().newWebSocketBuilder().subprotocols("parley.v1", "bearer." + token).connectTimeout(TIMEOUT)
                .buildAsync(URI.create(host.parley().toString().replaceFirst("http", "ws") + "/ws"), new Frames(frames)).join();
        try {
            JsonNode reply = null;
            for (int id = 1; id <= commands.length; id++) {
                Map<String, Object> command = new HashMap<>(commands[id - 1]);
                command.put("id", id);
                socket.sendText(JSON.writeValueAsString(command), true).join();
                do {
                    reply = frames.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
                    Rehearsal.check(reply != null, "No reply to " + command);
                } while (reply.path("re").asInt(0) != id);
                Rehearsal.check(reply.has("ok"), command + " was refused: " + reply);
            }
            return reply.get("ok");
        } finally {
            socket.abort();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(host.parley() + path)).timeout(TIMEOUT).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http().send(request.build(), BodyHandlers.ofString());
    }

    private static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> queue;
        private final StringBuilder parts = new StringBuilder();

        Frames(BlockingQueue<JsonNode> queue) {
            this.queue = queue;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                queue.add(JSON.readTree(parts.toString()));
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
