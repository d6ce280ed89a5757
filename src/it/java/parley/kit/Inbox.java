package parley.kit;

import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Receives the frames of one socket: completes the futures of replies and buffers events in arrival order. */
final class Inbox implements WebSocket.Listener {

    /** How the socket was closed. */
    record Closed(int code, String reason) {}

    private static final int EVENTS_IN_MESSAGE = 30;

    private final StringBuilder frame = new StringBuilder();
    private final FrameChecks checks = new FrameChecks();
    private final Map<Long, CompletableFuture<Reply>> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();

    // Both are guarded by this.
    private final List<JsonNode> events = new ArrayList<>();
    private final List<Reply> repliesWithoutId = new ArrayList<>();

    /** Must be called before the frame is sent. */
    void sending(String command) {
        checks.sent(command);
    }

    CompletableFuture<Reply> replyTo(long id) {
        CompletableFuture<Reply> reply = pending.computeIfAbsent(id, key -> new CompletableFuture<>());
        // A closed socket delivers no more replies.
        if (closed.isDone()) {
            reply.completeExceptionally(socketClosed(closed.join()));
        }
        return reply;
    }

    CompletableFuture<Closed> closed() {
        return closed;
    }

    /** Waits until the search finds something among the events, and returns it. The search removes what it takes. */
    synchronized <T> T take(String wanted, Function<List<JsonNode>, Optional<T>> search) {
        return await(wanted, () -> search.apply(events));
    }

    /** Waits for the next reply without an id and removes it. */
    synchronized Reply takeWithoutId() {
        return await("a reply without an id", () -> repliesWithoutId.isEmpty() ? Optional.empty()
                : Optional.of(repliesWithoutId.removeFirst()));
    }

    /** Removes and returns all buffered events. */
    synchronized List<JsonNode> takeAll() {
        List<JsonNode> all = List.copyOf(events);
        events.clear();
        return all;
    }

    /** Removes and returns all buffered replies without an id. */
    synchronized List<Reply> takeAllWithoutId() {
        List<Reply> all = List.copyOf(repliesWithoutId);
        repliesWithoutId.clear();
        return all;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            JsonNode received = Json.read(frame.toString());
            checks.received(received);
            dispatch(received);
            frame.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        close(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable broken) {
        close(new Closed(1006, String.valueOf(broken.getMessage())));
    }

    private void dispatch(JsonNode json) {
        if (!json.has("re")) {
            add(events, json);
        } else if (json.get("re").isNull()) {
            add(repliesWithoutId, new Reply(json));
        } else if (!replyTo(json.get("re").longValue()).complete(new Reply(json))) {
            add(events, json); // A duplicate reply: tests find it among the events.
        }
    }

    private synchronized <T> void add(List<T> list, T item) {
        list.add(item);
        notifyAll();
    }

    private synchronized void close(Closed how) {
        closed.complete(how);
        pending.values().forEach(reply -> reply.completeExceptionally(socketClosed(how)));
        notifyAll();
    }

    private static AssertionError socketClosed(Closed how) {
        return new AssertionError("The socket was closed: " + how);
    }

    // wait() releases the lock.
    private <T> T await(String wanted, Supplier<Optional<T>> search) {
        long end = System.nanoTime() + Timeouts.DEFAULT.toNanos();
        for (Optional<T> found = search.get();; found = search.get()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (found.isPresent()) {
                return found.get();
            }
            if (left <= 0 || closed.isDone()) {
                throw new AssertionError("Waited for " + wanted + ". " + contents());
            }
            try {
                wait(left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
        }
    }

    /** The buffered frames, for the message of a failed wait. */
    synchronized String contents() {
        List<JsonNode> last = events.subList(Math.max(0, events.size() - EVENTS_IN_MESSAGE), events.size());
        return "Buffered: " + events.size() + " events, the last ones " + last + ", replies without an id " + repliesWithoutId
                + (closed.isDone() ? ", and the socket is closed: " + closed.join() : "");
    }
}
