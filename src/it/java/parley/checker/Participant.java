package parley.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client as it should be: it posts, now and then loses its connection without a word, comes back wherever it is told
 * to, resumes by position and sends again, under the same key, whatever was not acknowledged. It records all of it.
 */
final class Participant implements Runnable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String GONE = "";
    private static final int RESTART = 1012;
    private static final int WINDOW = 4;
    private static final int BREAKS_ONE_FRAME_IN = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final String name;
    private final String room;
    private final Supplier<URI> server;
    private final HttpClient http;
    private final UnaryOperator<String> tokens;
    private final Recording recording;
    private final Random random;
    /** Keys of what is not acknowledged, with the id of the command that carries each now. */
    private final Map<String, Long> unacknowledged = new LinkedHashMap<>();
    private String token;
    private String epoch;
    private long nextId;
    private volatile boolean finishing;
    private volatile boolean ended;

    Participant(String name, String room, Supplier<URI> server, HttpClient http, UnaryOperator<String> tokens, Recording recording,
            long seed) {
        this.name = name;
        this.room = room;
        this.server = server;
        this.http = http;
        this.tokens = tokens;
        this.recording = recording;
        this.random = new Random(seed);
    }

    /** Posts nothing new from now on; goes on until everything is acknowledged, and listens until {@link #end}. */
    void finish() {
        finishing = true;
    }

    void end() {
        ended = true;
    }

    String name() {
        return name;
    }

    String room() {
        return room;
    }

    synchronized boolean isSettled() {
        return finishing && unacknowledged.isEmpty();
    }

    @Override
    public void run() {
        while (!ended) {
            try {
                live();
            } catch (SentAway sentAway) {
                pause(sentAway.after);
                recording.cameBack();
            } catch (IOException | UncheckedIOException | CompletionException away) {
                pause(100 + random.nextInt(400));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void live() throws IOException, InterruptedException {
        Frames frames = new Frames();
        WebSocket socket = connect(frames);
        try {
            next(frames);
            follow(socket, frames);
            command(socket, Map.of("type", "room.join", "room", room), frames);
            for (String key : Map.copyOf(unacknowledged).keySet()) {
                post(socket, key);
            }
            while (!ended && random.nextInt(BREAKS_ONE_FRAME_IN) > 0) {
                while (!finishing && unacknowledged.size() < WINDOW) {
                    post(socket, UUID.randomUUID().toString());
                }
                take(socket, JSON.readTree(next(frames)));
            }
        } catch (CompletionException broken) {
            if (frames.after == null) {
                throw broken;
            }
            throw new SentAway(frames.after);
        } finally {
            socket.abort();
        }
    }

    private void follow(WebSocket socket, Frames frames) throws IOException, InterruptedException {
        long position = recording.position(name, room);
        JsonNode ok = command(socket, epoch == null ? Map.of("type", "subscribe", "room", room, "last", 0)
                : Map.of("type", "subscribe", "room", room, "since", Map.of("epoch", epoch, "offset", position)), frames);
        epoch = ok.get("epoch").stringValue();
        if (!ok.get("recovered").booleanValue()) {
            recording.begins(name, room, ok.get("offset").longValue());
        }
    }

    // Sends a command and waits for its ok; events that come before are taken.
    private JsonNode command(WebSocket socket, Map<String, Object> fields, Frames frames)
            throws IOException, InterruptedException {
        long id = ++nextId;
        Map<String, Object> command = new LinkedHashMap<>(fields);
        command.put("id", id);
        send(socket, command);
        while (true) {
            JsonNode frame = JSON.readTree(next(frames));
            if (frame.has("re") && frame.get("re").longValue() == id) {
                if (frame.has("error")) {
                    throw new IOException(frame.get("error").toString());
                }
                return frame.get("ok");
            }
            take(socket, frame);
        }
    }

    private void take(WebSocket socket, JsonNode frame) throws IOException {
        if (frame.has("offset")) {
            recording.saw(name, room, frame.get("offset").longValue(), what(frame));
        } else if (frame.has("re")) {
            answered(socket, frame);
        } else if (frame.path("type").stringValue("").equals("unsubscribed")) {
            throw new IOException("unsubscribed");
        }
    }

    private void answered(WebSocket socket, JsonNode reply) throws IOException {
        String key = keyOf(reply.get("re").longValue());
        if (key == null) {
            return;
        }
        if (reply.has("ok")) {
            recording.acknowledged(name, room, key, reply.get("ok").get("offset").longValue());
            synchronized (this) {
                unacknowledged.remove(key);
            }
        } else if (reply.get("error").get("temporary").booleanValue()) {
            pause(50 + random.nextInt(200));
            post(socket, key);
        } else {
            throw new IllegalStateException(name + " was refused: " + reply);
        }
    }

    private String keyOf(long id) {
        return unacknowledged.entrySet().stream().filter(entry -> entry.getValue() == id).map(Map.Entry::getKey)
                .findFirst().orElse(null);
    }

    private void post(WebSocket socket, String key) {
        long id = ++nextId;
        synchronized (this) {
            unacknowledged.put(key, id);
        }
        send(socket, Map.of("id", id, "type", "message.post", "room", room, "key", key, "text", name + " says " + id));
    }

    private static void send(WebSocket socket, Map<String, Object> command) {
        socket.sendText(JSON.writeValueAsString(command), true).join();
    }

    /** One entry's name: a message's key, or anything else with its place, since it may happen again. */
    static String what(JsonNode event) {
        return event.has("key") ? event.get("key").stringValue()
                : event.get("type").stringValue() + "@" + event.get("offset").longValue();
    }

    private static String next(Frames frames) throws IOException, InterruptedException {
        String frame = frames.queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (frame == null) {
            // Nobody says anything; a ping would tell, a new connection does so too.
            throw new IOException("silence");
        }
        if (frame.equals(GONE)) {
            throw frames.after == null ? new IOException("gone") : new SentAway(frames.after);
        }
        return frame;
    }

    private WebSocket connect(Frames frames) {
        if (token == null) {
            token = tokens.apply(name);
        }
        return http.newWebSocketBuilder().subprotocols("parley.v1", "bearer." + token).connectTimeout(PATIENCE)
                .buildAsync(URI.create(server.get().toString().replaceFirst("http", "ws") + "/ws"), frames).join();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server stops, and says when to come back. */
    private static final class SentAway extends IOException {
        private static final long serialVersionUID = 1;
        private final long after;

        SentAway(long after) {
            this.after = after;
        }
    }

    /** What came: puts fragments together and says when it's over. */
    private static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        private final StringBuilder parts = new StringBuilder();
        /** Milliseconds after which the client shall come back; null unless it was told. */
        private volatile Long after;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                queue.add(parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            after = code == RESTART ? JSON.readTree(reason).path("after").longValue(0) : null;
            queue.add(GONE);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            queue.add(GONE);
        }
    }
}
