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

/** Somebody with a token, who comes through the proxy. */
record Person(Machine machine, String token) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient PLAIN = HttpClient.newHttpClient();

    static String plainly(URI address) throws IOException, InterruptedException {
        return PLAIN.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), BodyHandlers.ofString()).body();
    }

    HttpClient http() {
        return HttpClient.newBuilder().sslContext(machine.certificate.trusting()).version(HttpClient.Version.HTTP_1_1).build();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    void makesRoom(String room) throws IOException, InterruptedException {
        HttpResponse<String> made = send(request("/api/rooms").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"id\":\"" + room + "\",\"name\":\"Plaza " + room + "\"}")));
        Rehearsal.check(made.statusCode() == 201, "A room can't be made: " + made.statusCode() + " " + made.body());
    }

    /** Sends commands over one socket, one after the other, and returns the answer to the last. */
    @SafeVarargs
    final JsonNode asks(Map<String, Object>... commands) throws InterruptedException {
        BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        WebSocket socket = http().newWebSocketBuilder().subprotocols("parley.v1", "bearer." + token).connectTimeout(PATIENCE)
                .buildAsync(URI.create(machine.parley().toString().replaceFirst("http", "ws") + "/ws"), new Frames(frames)).join();
        try {
            JsonNode answer = null;
            for (int id = 1; id <= commands.length; id++) {
                Map<String, Object> command = new HashMap<>(commands[id - 1]);
                command.put("id", id);
                socket.sendText(JSON.writeValueAsString(command), true).join();
                do {
                    answer = frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    Rehearsal.check(answer != null, "No answer to " + command);
                } while (answer.path("re").asInt(0) != id);
                Rehearsal.check(answer.has("ok"), command + " was refused: " + answer);
            }
            return answer.get("ok");
        } finally {
            socket.abort();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(machine.parley() + path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
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
