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

/** What came over one socket: replies to whom they belong, events in their order until someone takes them. */
final class Inbox implements WebSocket.Listener {

    /** How the socket ended. */
    record Closed(int code, String reason) {}

    private static final int SHOWN = 30;

    private final StringBuilder frame = new StringBuilder();
    private final Map<Long, CompletableFuture<Reply>> asked = new ConcurrentHashMap<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();

    // Both are guarded by this.
    private final List<JsonNode> events = new ArrayList<>();
    private final List<Reply> strays = new ArrayList<>();

    CompletableFuture<Reply> replyTo(long id) {
        CompletableFuture<Reply> coming = asked.computeIfAbsent(id, unasked -> new CompletableFuture<>());
        // Who asks when it is over waits for nothing.
        if (closed.isDone()) {
            coming.completeExceptionally(ended(closed.join()));
        }
        return coming;
    }

    CompletableFuture<Closed> closed() {
        return closed;
    }

    /** Takes out what a search finds among the events, waiting for it within the bound. */
    synchronized <T> T take(String wanted, Function<List<JsonNode>, Optional<T>> search) {
        return await(wanted, () -> search.apply(events));
    }

    /** Takes the next reply that belongs to no command. */
    synchronized Reply takeStray() {
        return await("a reply without an id", () -> strays.isEmpty() ? Optional.empty() : Optional.of(strays.removeFirst()));
    }

    /** Takes out every event that has come by now. */
    synchronized List<JsonNode> takeAll() {
        List<JsonNode> all = List.copyOf(events);
        events.clear();
        return all;
    }

    /** Takes out every reply that belongs to no command and has come by now. */
    synchronized List<Reply> takeAllStrays() {
        List<Reply> all = List.copyOf(strays);
        strays.clear();
        return all;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            sort(Json.read(frame.toString()));
            frame.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        end(new Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable broken) {
        end(new Closed(1006, String.valueOf(broken.getMessage())));
    }

    private void sort(JsonNode json) {
        if (!json.has("re")) {
            arrived(events, json);
        } else if (json.get("re").isNull()) {
            arrived(strays, new Reply(json));
        } else if (!replyTo(json.get("re").longValue()).complete(new Reply(json))) {
            arrived(events, json); // A second reply: whoever looks at the events sees it there.
        }
    }

    private synchronized <T> void arrived(List<T> into, T what) {
        into.add(what);
        notifyAll();
    }

    private synchronized void end(Closed how) {
        closed.complete(how);
        asked.values().forEach(reply -> reply.completeExceptionally(ended(how)));
        notifyAll();
    }

    private static AssertionError ended(Closed how) {
        return new AssertionError("The socket ended: " + how);
    }

    // Holds the lock but while it waits.
    private <T> T await(String wanted, Supplier<Optional<T>> search) {
        long end = System.nanoTime() + Timeouts.BOUND.toNanos();
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

    /** For the sentence of a wait that failed. */
    synchronized String contents() {
        List<JsonNode> last = events.subList(Math.max(0, events.size() - SHOWN), events.size());
        return "There were " + events.size() + " events, the last ones " + last + ", replies without an id " + strays
                + (closed.isDone() ? ", and the socket had ended: " + closed.join() : "");
    }
}
