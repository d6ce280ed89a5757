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
 * Someone who chats: one socket, its commands and what comes back. Sending is safe for every thread; replies are
 * matched by id, and events wait in their order until a test takes them.
 */
public final class ChatClient implements AutoCloseable {

    /** The subprotocol of the page "Wire protocol". */
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
        var opening = builder.subprotocols(PROTOCOL, "bearer." + token).buildAsync(address, inbox);
        socket = Timeouts.await(opening, () -> "The socket of " + address + " did not open.");
        hello = inbox.take("hello", events -> events.isEmpty() ? Optional.empty() : Optional.of(events.removeFirst()));
        if (!isA(hello, "hello")) {
            throw new AssertionError("The first frame was no hello: " + hello);
        }
    }

    /** Someone of this id, greeted by the server. */
    public static ChatClient of(String user) {
        return new ChatClient(Tokens.of(user), Server.socket());
    }

    /** Whoever this token says, greeted by the server. */
    public static ChatClient bearing(String token) {
        return new ChatClient(token, Server.socket());
    }

    /** The same at another server than that of all tests. */
    public static ChatClient bearing(String token, URI socket) {
        return new ChatClient(token, socket);
    }

    /** The same by another client, from a page of this origin. */
    public static ChatClient bearing(String token, URI socket, HttpClient http, String origin) {
        return new ChatClient(http.newWebSocketBuilder().header("Origin", origin), token, socket);
    }

    /** The first frame. */
    public JsonNode hello() {
        return hello;
    }

    /** The subprotocol that the server chose. */
    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Becomes a member of a room and listens to it; {@link #posts} go there from now on. */
    public ChatClient joins(String room) {
        listensTo(room);
        asks("room.join", Map.of("room", room)).ok();
        return this;
    }

    /** Listens to a room without being a member; answers with the {@code ok}. */
    public JsonNode listensTo(String room) {
        this.room = room;
        return asks("subscribe", Map.of("room", room)).ok();
    }

    /** Says something in the room that was joined last; answers with its offset. */
    public long posts(String text) {
        return posts(text, UUID.randomUUID().toString()).offset();
    }

    /** Says something under a key of one's own. */
    public Reply posts(String text, String key) {
        Secrets.text(text);
        return asks("message.post", Map.of("room", room, "key", key, "text", text));
    }

    /** Starts or stops typing in the room that was joined last; there is no reply. */
    public void types(boolean on) {
        says(Json.text(Map.of("type", "typing", "room", room, "on", on)));
    }

    /** Sends a command and waits for its reply. */
    public Reply asks(String type, Map<String, ?> fields) {
        CompletableFuture<Reply> coming = sends(type, fields);
        return Timeouts.await(coming, () -> "No reply to " + type + " " + fields + ". " + inbox.contents());
    }

    /** Sends a command; its reply will come, or the future fails. */
    public CompletableFuture<Reply> sends(String type, Map<String, ?> fields) {
        long id = lastId.incrementAndGet();
        CompletableFuture<Reply> coming = inbox.replyTo(id);
        says(Json.command(id, type, fields));
        return coming.orTimeout(30, TimeUnit.SECONDS);
    }

    /** Waits for the reply to a frame that was sent as it is. */
    public Reply replyTo(long id) {
        return Timeouts.await(inbox.replyTo(id), () -> "No reply to " + id + ". " + inbox.contents());
    }

    /** Sends a text frame as it is. */
    public synchronized void says(String frame) {
        Timeouts.await(socket.sendText(frame, true), () -> "A frame could not be sent. " + inbox.contents());
    }

    /** Sends a binary frame. */
    public synchronized void saysInBinary(byte[] bytes) {
        Timeouts.await(socket.sendBinary(java.nio.ByteBuffer.wrap(bytes), true), () -> "A frame could not be sent. " + inbox.contents());
    }

    /** Waits for an event and takes it; those around it stay where they are. */
    public JsonNode receives(Expected expected) {
        return inbox.take(expected.toString(), events -> {
            Optional<JsonNode> found = events.stream().filter(expected.matches()).findFirst();
            found.ifPresent(events::remove);
            return found;
        });
    }

    /** Waits for an event and takes it with all that came before it. */
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

    /** Waits for that many logged events and takes them; ephemeral ones stay. */
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

    /** Waits for the answer to a frame that was too broken to have an id. */
    public Reply receivesStrayReply() {
        return inbox.takeStray();
    }

    /** Takes every event that has come; a reply awaited before is behind what the server said before it. */
    public List<JsonNode> receivedSoFar() {
        asks("ping", Map.of()).ok();
        return inbox.takeAll();
    }

    /** Takes every event that has come, without asking the server for anything. */
    public List<JsonNode> heard() {
        return inbox.takeAll();
    }

    /** Takes every answer without an id that has come. */
    public List<Reply> straysSoFar() {
        asks("ping", Map.of()).ok();
        return inbox.takeAllStrays();
    }

    /** Waits until the server closes the socket; answers with the code. */
    public int isClosed() {
        return Timeouts.await(inbox.closed(), () -> "The socket was not closed. " + inbox.contents()).code();
    }

    /** Waits until the server closes the socket; answers with the reason that it gives. */
    public String reasonOfClose() {
        return Timeouts.await(inbox.closed(), () -> "The socket was not closed. " + inbox.contents()).reason();
    }

    /** Leaves without a word, as a browser does that is killed. */
    public void vanishes() {
        socket.abort();
    }

    @Override
    public void close() {
        if (!socket.isOutputClosed()) {
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> socket).join();
        }
    }
}
