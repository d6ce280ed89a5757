package parley.kit;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Posts to a room without pause, a few messages on their way at a time, from a thread of its own until it is closed. */
public final class Chatter implements AutoCloseable {

    private static final int UNDER_WAY = 4;

    private final ChatClient client;
    private final String room;
    private final Semaphore free = new Semaphore(UNDER_WAY);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Thread thread = Thread.ofVirtual().name("chatter").unstarted(this::chat);
    private volatile boolean closing;

    public Chatter(ChatClient client, String room) {
        this.client = client;
        this.room = room;
        thread.start();
    }

    private void chat() {
        while (!closing && failure.get() == null) {
            free.acquireUninterruptibly();
            Map<String, String> message = Map.of("room", room, "key", UUID.randomUUID().toString(), "text", "and on it goes");
            CompletableFuture<Reply> coming = client.sends("message.post", message);
            coming.thenApply(Reply::offset).whenComplete((done, failed) -> {
                if (failed != null) {
                    failure.compareAndSet(null, failed);
                }
                free.release();
            });
        }
    }

    /** Ends when every message is answered; fails if one was not stored. */
    @Override
    public void close() {
        closing = true;
        free.acquireUninterruptibly(UNDER_WAY);
        if (failure.get() != null) {
            throw new AssertionError("A message was not stored", failure.get());
        }
    }
}
