package parley.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import parley.kit.FrameChecks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client that follows the protocol: it posts, changes some of its messages, drops its connection at random, reconnects to the next
 * server, resumes by position, and sends unacknowledged commands again, messages with the same idempotency key. It records everything in
 * the {@link History}.
 */
final class WorkloadClient implements Runnable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CLOSED = "";
    private static final int SERVICE_RESTART = 1012;
    private static final int MAX_UNACKNOWLEDGED = 4;
    private static final int POSTS_PER_CHANGE = 3;
    private static final Map<String, String> EVENTS = Map.of("message.edit", "message.edited", "reaction.add", "reaction.added",
            "message.delete", "message.deleted", "message.pin", "message.pinned");
    private static final int FRAMES_PER_DROP = 3_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final int MAX_PAUSE_MILLIS = Workload.LONG ? 1 : 200;

    private final String name;
    private final String room;
    private final Supplier<URI> server;
    private final HttpClient http;
    private final UnaryOperator<String> tokens;
    private final History history;
    private final Random random;
    /** Keys of unacknowledged messages, each with the id of the latest command that posts it. */
    private final Map<String, Long> unacknowledged = new LinkedHashMap<>();
    /** Unacknowledged changes of own messages, by the id of the latest command, and those that were sent more than once. */
    private final Map<Long, Map<String, Object>> changes = new LinkedHashMap<>();
    private final Set<Map<String, Object>> repeated = new HashSet<>();
    private String token;
    private String epoch;
    private long nextId;
    private volatile boolean finishing;
    private volatile boolean stopped;

    WorkloadClient(String name, String room, Supplier<URI> server, HttpClient http, UnaryOperator<String> tokens, History history,
            long seed) {
        this.name = name;
        this.room = room;
        this.server = server;
        this.http = http;
        this.tokens = tokens;
        this.history = history;
        this.random = new Random(seed);
    }

    /** Stops posting new messages. The client still waits for acknowledgements and receives events until {@link #stop}. */
    void finish() {
        finishing = true;
    }

    void stop() {
        stopped = true;
    }

    String name() {
        return name;
    }

    String room() {
        return room;
    }

    synchronized boolean isSettled() {
        return finishing && unacknowledged.isEmpty() && changes.isEmpty();
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                chat();
            } catch (ServerStopping stopping) {
                pause(stopping.after);
                history.reconnected();
            } catch (IOException | UncheckedIOException | CompletionException disconnected) {
                pause(100 + random.nextInt(400));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void chat() throws IOException, InterruptedException {
        Frames frames = new Frames();
        WebSocket socket = connect(frames);
        try {
            next(frames);
            subscribe(socket, frames);
            command(socket, Map.of("type", "room.join", "room", room), frames);
            for (String key : Map.copyOf(unacknowledged).keySet()) {
                post(socket, key);
            }
            for (long id : List.copyOf(changes.keySet())) {
                repeat(socket, id);
            }
            while (!stopped && random.nextInt(FRAMES_PER_DROP) > 0) {
                while (!finishing && unacknowledged.size() < MAX_UNACKNOWLEDGED) {
                    post(socket, UUID.randomUUID().toString());
                }
                process(socket, received(frames));
            }
        } catch (CompletionException broken) {
            if (frames.after == null) {
                throw broken;
            }
            throw new ServerStopping(frames.after);
        } finally {
            socket.abort();
        }
    }

    private void subscribe(WebSocket socket, Frames frames) throws IOException, InterruptedException {
        long position = history.position(name, room);
        JsonNode ok = command(socket, epoch == null ? Map.of("type", "subscribe", "room", room, "last", 0)
                : Map.of("type", "subscribe", "room", room, "since", Map.of("epoch", epoch, "offset", position)), frames);
        epoch = ok.get("epoch").stringValue();
        if (!ok.get("recovered").booleanValue()) {
            history.subscribed(name, room, ok.get("offset").longValue());
        }
    }

    // Sends a command and waits for its ok. Frames that arrive before are processed.
    private JsonNode command(WebSocket socket, Map<String, Object> fields, Frames frames)
            throws IOException, InterruptedException {
        long id = ++nextId;
        Map<String, Object> command = new LinkedHashMap<>(fields);
        command.put("id", id);
        send(socket, command);
        while (true) {
            JsonNode frame = received(frames);
            if (frame.has("re") && frame.get("re").longValue() == id) {
                if (frame.has("error")) {
                    throw new IOException(frame.get("error").toString());
                }
                return frame.get("ok");
            }
            process(socket, frame);
        }
    }

    private void process(WebSocket socket, JsonNode frame) throws IOException {
        if (frame.has("offset")) {
            history.received(name, room, frame.get("offset").longValue(), entryId(frame));
        } else if (frame.has("re")) {
            processReply(socket, frame);
        } else if (frame.path("type").stringValue("").equals("unsubscribed")) {
            throw new IOException("unsubscribed");
        }
    }

    private void processReply(WebSocket socket, JsonNode reply) throws IOException {
        String key = keyOf(reply.get("re").longValue());
        if (key == null) {
            processReplyToChange(socket, reply);
            return;
        }
        if (reply.has("ok")) {
            long offset = reply.get("ok").get("offset").longValue();
            history.acknowledged(name, room, key, offset);
            synchronized (this) {
                unacknowledged.remove(key);
            }
            if (!finishing && random.nextInt(POSTS_PER_CHANGE) == 0) {
                change(socket, changeOf(offset));
            }
            if (!finishing) {
                pause(random.nextInt(MAX_PAUSE_MILLIS));
            }
        } else if (reply.get("error").get("temporary").booleanValue()) {
            pause(50 + random.nextInt(200));
            post(socket, key);
        } else {
            throw new IllegalStateException(name + " was refused: " + reply);
        }
    }

    // One change of each message, so that it always makes an event.
    private Map<String, Object> changeOf(long message) {
        Map<String, Object> change = new LinkedHashMap<>(Map.of("room", room, "message", message));
        switch (random.nextInt(4)) {
            case 0 -> change.putAll(Map.of("type", "message.edit", "text", name + " edited " + message));
            case 1 -> change.putAll(Map.of("type", "reaction.add", "emoji", "🚢"));
            case 2 -> change.put("type", "message.delete");
            default -> change.put("type", "message.pin");
        }
        return change;
    }

    private void change(WebSocket socket, Map<String, Object> change) {
        long id = ++nextId;
        synchronized (this) {
            changes.put(id, change);
        }
        Map<String, Object> command = new LinkedHashMap<>(change);
        command.put("id", id);
        send(socket, command);
    }

    private void repeat(WebSocket socket, long id) {
        Map<String, Object> change;
        synchronized (this) {
            change = changes.remove(id);
            repeated.add(change);
        }
        change(socket, change);
    }

    // The reply to a change that was sent once has the offset of its event. A repeated one may have been stored the first time.
    private void processReplyToChange(WebSocket socket, JsonNode reply) {
        Map<String, Object> change = changes.get(reply.get("re").longValue());
        if (change == null) {
            return;
        }
        if (reply.has("error") && reply.get("error").get("temporary").booleanValue()) {
            pause(50 + random.nextInt(200));
            repeat(socket, reply.get("re").longValue());
            return;
        }
        if (reply.has("ok") && !repeated.contains(change)) {
            long offset = reply.get("ok").get("offset").longValue();
            history.acknowledged(name, room, EVENTS.get((String) change.get("type")) + "@" + offset, offset);
        } else if (reply.has("error") && !reply.get("error").get("code").stringValue().equals("conflict")) {
            throw new IllegalStateException(name + " was refused: " + reply);
        }
        synchronized (this) {
            changes.remove(reply.get("re").longValue());
            repeated.remove(change);
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

    /** Identifies a log entry: a message by its key, other events by type and offset. */
    static String entryId(JsonNode event) {
        return event.has("key") ? event.get("key").stringValue()
                : event.get("type").stringValue() + "@" + event.get("offset").longValue();
    }

    private static JsonNode received(Frames frames) throws IOException, InterruptedException {
        JsonNode frame = JSON.readTree(next(frames));
        frames.checks.received(frame);
        return frame;
    }

    private static String next(Frames frames) throws IOException, InterruptedException {
        String frame = frames.queue.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        if (frame == null) {
            // Either the room is quiet or the connection is dead: reconnect in both cases.
            throw new IOException("timeout");
        }
        if (frame.equals(CLOSED)) {
            throw frames.after == null ? new IOException("closed") : new ServerStopping(frames.after);
        }
        return frame;
    }

    private WebSocket connect(Frames frames) {
        if (token == null) {
            token = tokens.apply(name);
        }
        return http.newWebSocketBuilder().subprotocols("parley.v1", "bearer." + token).connectTimeout(TIMEOUT)
                .buildAsync(URI.create(server.get().toString().replaceFirst("http", "ws") + "/ws"), frames).join();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server is shutting down and sent a reconnect delay in milliseconds. */
    private static final class ServerStopping extends IOException {
        private static final long serialVersionUID = 1;
        private final long after;

        ServerStopping(long after) {
            this.after = after;
        }
    }

    /** Receives frames, assembles fragments, and signals the end of the connection. */
    private static final class Frames implements WebSocket.Listener {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        private final FrameChecks checks = new FrameChecks();
        private final StringBuilder parts = new StringBuilder();
        /** The reconnect delay in milliseconds; null if the server sent none. */
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
            after = code == SERVICE_RESTART ? JSON.readTree(reason).path("after").longValue(0) : null;
            queue.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            queue.add(CLOSED);
        }
    }
}
