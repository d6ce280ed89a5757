package parley.kit;

import static parley.kit.Expected.isA;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * A chat user on one WebSocket. Any thread may send. Replies are matched by id; events are buffered in arrival order until a test
 * takes them. Every wait fails with an {@link AssertionError} after the kit's timeout.
 */
public final class ChatClient implements AutoCloseable {

    /** The subprotocol that the page "Wire protocol" documents. */
    public static final String PROTOCOL = "parley.v1";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Inbox inbox = new Inbox();
    private final AtomicLong lastId = new AtomicLong();
    private final WebSocket socket;
    private final JsonNode hello;
    private String room;

    private ChatClient(String token, URI address) {
        this(HTTP.newWebSocketBuilder(), token, address);
    }

    private ChatClient(WebSocket.Builder builder, String token, URI address) {
        var socketOpens = builder.subprotocols(PROTOCOL, "bearer." + token).buildAsync(address, inbox);
        socket = Timeouts.await(socketOpens, () -> "The socket " + address + " did not open.");
        hello = inbox.take("hello", events -> events.isEmpty() ? Optional.empty() : Optional.of(events.removeFirst()));
        if (!isA(hello, "hello")) {
            throw new AssertionError("Expected hello as the first frame, but got " + hello);
        }
    }

    /** Connects as this user, with a token of the development issuer, and waits for {@code hello}. */
    public static ChatClient of(String user) {
        return new ChatClient(Tokens.of(user), Server.socket());
    }

    /** Connects with this token and waits for {@code hello}. */
    public static ChatClient withToken(String token) {
        return new ChatClient(token, Server.socket());
    }

    /** Like {@link #withToken(String)}, on another server than the shared one. */
    public static ChatClient withToken(String token, URI socket) {
        return new ChatClient(token, socket);
    }

    /** Like {@link #withToken(String, URI)}, with this HTTP client and {@code Origin}. */
    public static ChatClient withToken(String token, URI socket, HttpClient http, String origin) {
        return new ChatClient(http.newWebSocketBuilder().header("Origin", origin), token, socket);
    }

    /** The first frame of the server. */
    public JsonNode hello() {
        return hello;
    }

    /** The subprotocol that the server chose. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Subscribes to a room and joins it. {@link #posts} and {@link #types} use this room from then on. */
    public ChatClient joins(String room) {
        subscribes(room);
        asks("room.join", Map.of("room", room)).ok();
        return this;
    }

    /** Subscribes to a room without joining it and returns the {@code ok}. */
    public JsonNode subscribes(String room) {
        this.room = room;
        return asks("subscribe", Map.of("room", room)).ok();
    }

    /** Posts to the current room and returns the offset of the message. */
    public long posts(String text) {
        return posts(text, UUID.randomUUID().toString()).offset();
    }

    /** Posts to the current room with this idempotency key. */
    public Reply posts(String text, String key) {
        Secrets.text(text);
        return asks("message.post", Map.of("room", room, "key", key, "text", text));
    }

    /** Starts or stops typing in the current room. The server sends no reply. */
    public void types(boolean on) {
        sendsText(Json.text(Map.of("type", "typing", "room", room, "on", on)));
    }

    /** Sends a command and waits for its reply. */
    public Reply asks(String type, Map<String, ?> fields) {
        CompletableFuture<Reply> reply = sends(type, fields);
        return Timeouts.await(reply, () -> "No reply to " + type + " " + fields + ". " + inbox.contents());
    }

    /** Sends a command. The future fails if no reply arrives within 30 s. */
    public CompletableFuture<Reply> sends(String type, Map<String, ?> fields) {
        long id = lastId.incrementAndGet();
        CompletableFuture<Reply> reply = inbox.replyTo(id);
        sendsText(Json.command(id, type, fields));
        return reply.orTimeout(30, TimeUnit.SECONDS);
    }

    /** Waits for the reply to a frame sent with {@link #sendsText}. */
    public Reply replyTo(long id) {
        return Timeouts.await(inbox.replyTo(id), () -> "No reply to " + id + ". " + inbox.contents());
    }

    /** Sends a text frame unchanged. */
    public synchronized void sendsText(String frame) {
        inbox.sending(frame);
        Timeouts.await(socket.sendText(frame, true), () -> "Could not send a frame. " + inbox.contents());
    }

    /** Sends a binary frame. */
    public synchronized void sendsBinary(byte[] bytes) {
        Timeouts.await(socket.sendBinary(java.nio.ByteBuffer.wrap(bytes), true), () -> "Could not send a frame. " + inbox.contents());
    }

    /** Waits for an event and removes it from the buffer; other events stay. */
    public JsonNode receives(Expected expected) {
        return inbox.take(expected.toString(), events -> {
            Optional<JsonNode> found = events.stream().filter(expected.matches()).findFirst();
            found.ifPresent(events::remove);
            return found;
        });
    }

    /** Waits for an event and removes it and everything before it from the buffer. */
    public List<JsonNode> receivesUpTo(Expected last) {
        return inbox.take("everything up to " + last, events -> {
            for (int i = 0; i < events.size(); i++) {
                if (last.matches().test(events.get(i))) {
                    List<JsonNode> before = events.subList(0, i + 1);
                    List<JsonNode> taken = new ArrayList<>(before);
                    before.clear();
                    return Optional.of(taken);
                }
            }
            return Optional.empty();
        });
    }

    /** Waits for this many logged events and removes them from the buffer; broadcasts stay. */
    public List<JsonNode> receivesLogged(int count) {
        return inbox.take(count + " logged events", events -> {
            List<JsonNode> logged = events.stream().filter(event -> event.has("offset")).limit(count).toList();
            if (logged.size() < count) {
                return Optional.empty();
            }
            events.removeAll(logged);
            return Optional.of(logged);
        });
    }

    /** Waits for a reply without an id: the reply to a frame whose id could not be read. */
    public Reply receivesReplyWithoutId() {
        return inbox.takeWithoutId();
    }

    /** Sends a ping, waits for its reply, and removes all buffered events: everything that the server sent before the reply. */
    public List<JsonNode> receivedSoFar() {
        asks("ping", Map.of()).ok();
        return inbox.takeAll();
    }

    /** Removes all buffered events without a round trip to the server. */
    public List<JsonNode> received() {
        return inbox.takeAll();
    }

    /** Sends a ping, waits for its reply, and removes all buffered replies without an id. */
    public List<Reply> repliesWithoutIdSoFar() {
        asks("ping", Map.of()).ok();
        return inbox.takeAllWithoutId();
    }

    /** Waits until the server closes the socket and returns the close code; 1006 without a close frame. */
    public int closeCode() {
        return Timeouts.await(inbox.closed(), () -> "The server did not close the socket. " + inbox.contents()).code();
    }

    /** Waits until the server closes the socket and returns the close reason. */
    public String closeReason() {
        return Timeouts.await(inbox.closed(), () -> "The server did not close the socket. " + inbox.contents()).reason();
    }

    /** Drops the TCP connection without a close frame, as a killed browser does. */
    public void disconnectsAbruptly() {
        socket.abort();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket).join();
        }
    }
}
