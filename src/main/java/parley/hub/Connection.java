package parley.hub;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import parley.identity.Caller;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.Outbound;

/** One client's socket, from {@code hello} to its end. Safe for every thread; saying something never waits. */
public final class Connection {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final String session;
    private final Caller caller;
    private final Outbox outbox;
    private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
    private CompletableFuture<?> lastInTurn = CompletableFuture.completedFuture(null);
    private final ArrayDeque<Long> brokenAt = new ArrayDeque<>();
    private volatile long heardAt = System.nanoTime();
    private volatile long pingedAt = heardAt;

    Connection(String session, Caller caller, Outbox outbox) {
        this.session = session;
        this.caller = caller;
        this.outbox = outbox;
    }

    /** The session's id, as {@code hello} tells it. */
    public String session() {
        return session;
    }

    /** Whose connection it is. */
    public Caller caller() {
        return caller;
    }

    /** Says something to this client alone. */
    public void say(Outbound said) {
        outbox.offer(Codec.encode(said));
    }

    /** Ends it, after what was said before. */
    public void close(CloseCode code, String reason) {
        outbox.close(code, reason);
    }

    /** Notes a broken frame; answers how many there were in the last minute. Only from the thread that reads it. */
    public int broken() {
        long now = System.nanoTime();
        brokenAt.removeIf(moment -> now - moment > MINUTE);
        brokenAt.add(now);
        return brokenAt.size();
    }

    /** Notes that something came from the client: any frame counts. */
    public void heard() {
        heardAt = System.nanoTime();
    }

    void send(Frame frame) {
        outbox.offer(frame);
    }

    void send(List<Frame> frames) {
        outbox.offer(frames);
    }

    Map<String, Subscription> subscriptions() {
        return subscriptions;
    }

    /** Runs tasks one after the other, in the order of this call: what a client subscribes and unsubscribes keeps its order. */
    synchronized <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> task) {
        CompletableFuture<T> mine = lastInTurn.handle((done, failed) -> null).thenCompose(ready -> task.get());
        lastInTurn = mine;
        return mine;
    }

    boolean silentSince(long moment) {
        return heardAt - moment < 0;
    }

    boolean pingedSince(long moment) {
        return pingedAt - moment >= 0;
    }

    void ping() {
        pingedAt = System.nanoTime();
        outbox.ping();
    }

    void closeIfStuck(long before) {
        outbox.closeIfStuck(before);
    }
}
