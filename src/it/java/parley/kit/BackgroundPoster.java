package parley.kit;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Posts to a room from its own thread, up to 4 messages in flight, until it is closed. */
public final class BackgroundPoster implements AutoCloseable {

    private static final int IN_FLIGHT = 4;

    private final ChatClient client;
    private final String room;
    private final Semaphore permits = new Semaphore(IN_FLIGHT);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = Thread.ofVirtual().name("background-poster").unstarted(this::post);
    private volatile boolean closing;

    public BackgroundPoster(ChatClient client, String room) {
        this.client = client;
        this.room = room;
        thread.start();
    }

    private void post() {
        while (!closing && failure.get() == null) {
            permits.acquireUninterruptibly();
            Map<String, String> message = Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "background message");
            CompletableFuture<Reply> reply = client.sends("message.post", message);
            reply.thenApply(Reply::offset).whenComplete((offset, error) -> {
                if (error != null) {
                    failure.compareAndSet(null, error);
                }
                permits.release();
            });
        }
    }

    /** Waits for all outstanding replies; an {@link AssertionError} if a post failed. */
    @Override
    public void close() {
        closing = true;
        permits.acquireUninterruptibly(IN_FLIGHT);
        if (failure.get() != null) {
            throw new AssertionError("A message was not stored", failure.get());
        }
    }
}
