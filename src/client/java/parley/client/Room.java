package parley.client;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room, as this client uses it. Safe for every thread. Futures complete with a {@link ParleyException} if the server refuses, on a thread
 * of the callbacks.
 */
public final class Room {

    private final String id;
    private final Session session;
    private final Session.RoomHandle handle;

    Room(String id, Session session) {
        this.id = id;
        this.session = session;
        handle = session.open(id);
    }

    /** The room's id. */
    public String id() {
        return id;
    }

    /**
     * The room's events: a {@link RoomEvent.Reset} with the newest messages, then each event of the log exactly once and in order, over any
     * number of reconnects. If too much was missed, another reset takes the place of what is missing. The client subscribes to the room
     * while there is a subscriber; a second subscriber gets the events that come after it.
     *
     * <p>For each subscriber at most as many events wait as {@link ParleyBuilder#buffer} says. When it is full, the client stops reading
     * from the server, so events of all rooms and replies wait too, until the subscriber has taken half of them. The server keeps what is
     * missing; after 30 s it closes the connection, and the client resumes when the subscriber has caught up.
     */
    public Flow.Publisher<RoomEvent> events() {
        return handle.feed();
    }

    /**
     * Calls a listener for each event, one at a time, on a thread of the callbacks. What it throws is logged and counted, and the next
     * event follows. Closing the result ends the subscription.
     */
    public Listening listen(Consumer<? super RoomEvent> listener) {
        Objects.requireNonNull(listener, "listener");
        Listener<RoomEvent> subscriber = new Listener<>(listener, session::failed);
        handle.feed().subscribe(subscriber);
        return subscriber;
    }

    /** Ends a listener. */
    @FunctionalInterface
    public interface Listening extends AutoCloseable {

        /** The listener gets no further event. */
        @Override
        void close();
    }

    /** The last event that was handed to the subscribers; empty before the first. Some may still wait for a slow one. */
    public Optional<Position> position() {
        return handle.position();
    }

    /**
     * Starts after a position that an earlier run of the program stored, instead of at the end of the log. Call it before the first
     * subscriber. If the server no longer has all events after it, the events begin with a reset.
     */
    public void resumeAfter(Position position) {
        handle.resumeAfter(Objects.requireNonNull(position, "position"));
    }

    /** Joins the room as a member. Does nothing if the caller is one. */
    public CompletableFuture<Void> join() {
        return command("room.join", Map.of()).thenApply(ok -> null);
    }

    /** Leaves the room. */
    public CompletableFuture<Void> leave() {
        return command("room.leave", Map.of()).thenApply(ok -> null);
    }

    /** Posts a text. See {@link #post(Post)}. */
    public CompletableFuture<Receipt> post(String text) {
        return post(Post.of(text));
    }

    /**
     * Posts a message. The future completes when the server has stored it. Until then the message waits, over any number of reconnects, and
     * is sent again with the same key, so that the room has it once. Posts to one room are stored in the order of the calls. A refusal that
     * is temporary is repeated after the time that the server names; another one fails the future.
     */
    public CompletableFuture<Receipt> post(Post post) {
        ObjectNode frame = frame("message.post").put("key", post.key()).put("text", post.text());
        if (post.thread() > 0) {
            frame.put("thread", post.thread());
        }
        if (post.also()) {
            frame.put("also", true);
        }
        if (!post.mentions().isEmpty()) {
            post.mentions().forEach(frame.putArray("mentions")::add);
        }
        if (post.everyone()) {
            frame.put("everyone", true);
        }
        if (!post.form().isEmpty()) {
            frame.set("form", Values.of(post.form()));
        }
        return session.command(frame, id, false)
                .thenApply(ok -> new Receipt(ok.path("offset").longValue(0), ok.path("duplicate").booleanValue(false)));
    }

    /** Changes the text of one of the caller's own messages. */
    public CompletableFuture<Void> edit(long message, String text) {
        return command("message.edit", Map.of("message", message, "text", text)).thenApply(ok -> null);
    }

    /** Deletes a message. */
    public CompletableFuture<Void> delete(long message) {
        return command("message.delete", Map.of("message", message)).thenApply(ok -> null);
    }

    /** Adds the caller's reaction to a message. */
    public CompletableFuture<Void> react(long message, String emoji) {
        return command("reaction.add", Map.of("message", message, "emoji", emoji)).thenApply(ok -> null);
    }

    /**
     * Sends any command to the room, with these fields besides {@code type}, {@code id} and {@code room}, and completes with its
     * {@code ok}: {@code history}, {@code message.pin} and so on. It is sent again after a reconnect, and fails with {@code timeout} if it
     * has no answer within {@link ParleyBuilder#commandTimeout}. Values are texts, numbers, booleans, and lists and maps of these.
     */
    public CompletableFuture<JsonNode> command(String type, Map<String, ?> fields) {
        ObjectNode frame = frame(type);
        fields.forEach((name, value) -> frame.set(name, Values.of(value)));
        return session.command(frame, "", true);
    }

    private ObjectNode frame(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("room", id);
    }
}
