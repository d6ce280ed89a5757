package parley.hub;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.identity.Caller;
import parley.journal.LoggedFrame;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Encoding;
import parley.protocol.Frame;
import parley.protocol.Framing;
import parley.protocol.Outbound;

/** One client's connection, from {@code hello} to its end. Safe for every thread; sending never waits. */
public final class Connection {

    private static final Logger LOG = Logger.getLogger(Connection.class.getName());
    private static final long HELD_BACK_MILLIS = 100;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final String session;
    private volatile Caller caller;
    /** When the caller's token expires, in milliseconds since 1970. Read for every event. */
    private volatile long over;
    private final String address;
    private final Encoding encoding;
    private final Wire wire;
    private final Flusher flusher;
    private final ConnectionMetrics metrics;
    private final Outbox outbox;
    private final Heartbeat heartbeat;
    private final Subscriptions subscriptions = new Subscriptions();
    private final Behind behind = new Behind();
    private final Consumer<Connection> replays;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean gone;
    private volatile boolean signedOut;
    /** Events wait until {@link #releaseEvents}. */
    private volatile boolean held;
    private CompletableFuture<?> lastInTurn;
    private ArrayDeque<Long> brokenAt;

    /** @param replays starts a replay to the subscriptions that are behind, on another thread */
    Connection(String session, Caller caller, String address, Wire wire, Flusher flusher, int mostBytes,
            Heartbeat heartbeat, Consumer<Connection> replays, ConnectionMetrics metrics) {
        this.session = session;
        replaceCaller(caller);
        this.address = address;
        encoding = wire.encoding();
        this.wire = wire;
        this.flusher = flusher;
        this.heartbeat = heartbeat;
        this.replays = replays;
        this.metrics = metrics;
        outbox = new Outbox(wire, flusher, mostBytes, this::tooSlow, this::replayBehind);
    }

    /** What carries its frames: {@link Wire#kind}. */
    String kind() {
        return wire.kind();
    }

    /** The session id, which {@code hello} names. */
    public String session() {
        return session;
    }

    /** The user of the connection, according to its latest token. */
    public Caller caller() {
        return caller;
    }

    /** Replaces the caller by the same user with another token. */
    final void replaceCaller(Caller fresh) {
        caller = fresh;
        over = fresh.expires().toEpochMilli();
    }

    /** Whether the token has expired by this time, in milliseconds since 1970. */
    public boolean isExpired(long now) {
        return now >= over;
    }

    /** Closes the connection because the token has expired. */
    public void expire() {
        signOut("the token expired");
    }

    /** Closes the connection at once and drops its backlog, because the client is no longer authenticated. */
    public void signOut(String reason) {
        signedOut = true;
        outbox.cut(CloseCode.SIGNED_OUT.code(), reason);
        flusher.wake();
    }

    /** Whether the server closed the connection because the client is no longer authenticated. */
    public boolean isSignedOut() {
        return signedOut;
    }

    /** Closes the connection with 1012. The client reconnects to any instance after this delay, in milliseconds. */
    void sendAway(long after) {
        close(CloseCode.RESTART, "{\"after\":" + after + "}");
    }

    /** The address of the client. */
    public String address() {
        return address;
    }

    /** How its frames are written. */
    Encoding encoding() {
        return encoding;
    }

    /**
     * Reads nothing for a moment, because a command was refused for lack of capacity. Others that follow at once would be refused, too, one
     * by one, and that costs what is missing.
     */
    public void holdBack() {
        wire.pauseReading(HELD_BACK_MILLIS);
    }

    /** Sends a frame to this client alone. */
    public void say(Outbound said) {
        send(Codec.encode(said).bytes(encoding));
    }

    /** The same for a frame that others get too. */
    public void say(Frame frame) {
        send(frame.bytes(encoding));
    }

    /** Whether the connection has ended. {@link ConnectionGone} follows. */
    public boolean isGone() {
        return gone;
    }

    /** Answers a ping with a pong of the same content. */
    public void pong(byte[] content) {
        send(Framing.pong(content));
    }

    /** Closes the connection after everything in its outbox was written. */
    public void close(CloseCode code, String reason) {
        close(code.code(), reason);
    }

    /** Closes the connection with any code of RFC 6455 section 7.4, such as the client's own. */
    public void close(int code, String reason) {
        outbox.close(code, reason);
        flusher.wake();
    }

    /** Ends the connection without a close frame, usually because the client is gone. */
    public void lost() {
        outbox.lost();
        flusher.wake();
    }

    /** Whether the connection is closing. Further frames from the client are then ignored. */
    public boolean isClosing() {
        return outbox.isClosing();
    }

    /**
     * Counts a broken frame and returns how many there were in the last minute. Called only by the thread that reads the connection.
     */
    public int broken() {
        if (brokenAt == null) {
            brokenAt = new ArrayDeque<>();
        }
        long now = System.nanoTime();
        brokenAt.removeIf(moment -> now - moment > MINUTE);
        brokenAt.add(now);
        return brokenAt.size();
    }

    /** The number of commands from this client that have no reply yet. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Notes that the execution of a command has begun. */
    public void begins() {
        inFlight.incrementAndGet();
    }

    /** Notes that a command was answered. */
    public void ends() {
        inFlight.decrementAndGet();
    }

    /** Notes that a frame of any kind came from the client. */
    public void heard() {
        heartbeat.heard(System.nanoTime());
    }

    /** Notes a pong, which proves that the client has read everything before the ping. */
    public void answered() {
        heartbeat.answered(System.nanoTime());
    }

    void begin() {
        outbox.begin();
    }

    /**
     * Puts frames for all subscribers of a room into the outbox. They are written when the flusher wakes. Returns false if they don't fit.
     * Closes the connection instead if the token has expired, so that no event is sent between the expiry and the next sweep.
     *
     * @param now the time in milliseconds since 1970
     * @param since when the delay of an event began ({@link System#nanoTime}), or {@link Outbox#NEVER}
     */
    boolean offer(byte[] frames, long now, long since) {
        if (isExpired(now)) {
            expire();
            return true;
        }
        return outbox.offer(frames, since);
    }

    /** Sends an event that others get too. Returns false, without sending it, if too many bytes wait for the client. */
    public boolean tell(Frame frame) {
        boolean taken = offer(frame.bytes(encoding), System.currentTimeMillis(), System.nanoTime());
        flusher.wake();
        return taken;
    }

    /** The same for events from the log: puts as many of them as fit into the outbox and returns their number. */
    int replay(List<LoggedFrame> events) {
        if (isExpired(System.currentTimeMillis())) {
            expire();
            return events.size();
        }
        return outbox.replay(events, encoding);
    }

    /** The connection takes no more events of this subscription until the client has read. Called under the feed's lock; never waits. */
    void fallsBehind(Subscription subscription) {
        behind.add(subscription);
        replayBehind();
    }

    /**
     * Holds the events of new subscriptions back, until {@link #releaseEvents}: the replies to several subscriptions come first. A
     * subscription that waits keeps only its position.
     */
    public void holdEvents() {
        held = true;
    }

    boolean holdsEvents() {
        return held;
    }

    /** Starts the events of all subscriptions that began since {@link #holdEvents}. */
    public void releaseEvents() {
        held = false;
        replayBehind();
    }

    /** Whether events from the log fit into the outbox. If not, their replay starts when the client has read. */
    boolean hasRoomForReplay() {
        return outbox.hasRoomForReplay();
    }

    Behind behind() {
        return behind;
    }

    private void replayBehind() {
        if (!held && behind.size() > 0 && outbox.hasRoomForReplay()) {
            replays.accept(this);
        }
    }

    /** Wakes the flusher to write what is in the outbox. */
    void wake() {
        flusher.wake();
    }

    void gone() {
        outbox.gone();
        gone = true;
    }

    /** The number of bytes that wait to be written. */
    int waitingBytes() {
        return outbox.waiting();
    }

    /** Whether so many bytes wait that the client receives events late. */
    boolean isLate() {
        return outbox.isLate();
    }

    /** How long the client has read nothing at this time ({@link System#nanoTime}), in nanoseconds. */
    long stuck(long now) {
        return outbox.stuck(now);
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /**
     * Runs tasks one after the other, in the order of the calls, so that a client's commands that open or close something
     * keep their order.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    public synchronized <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> task) {
        CompletableFuture<T> mine = lastInTurn == null ? begin(task)
                : lastInTurn.handle((done, failed) -> null).thenCompose(ready -> task.get());
        lastInTurn = mine;
        mine.whenComplete((done, failed) -> forget(mine));
        return mine;
    }

    // A throwing task must fail its future. For later tasks, thenCompose does this.
    private static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> task) {
        try {
            return task.get();
        } catch (RuntimeException | Error failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private synchronized void forget(CompletableFuture<?> done) {
        if (lastInTurn == done) {
            lastInTurn = null;
        }
    }

    /**
     * Sends a ping if one is due, and closes the connection if the client is silent or does not read. Only {@link ConnectionSweep} calls
     * it.
     */
    void sweep(long now, Heartbeat.Pace pace) {
        if (outbox.sweep(now, pace.longestWait())) {
            heartbeat.moved(now);
        }
        replayBehind();
        switch (heartbeat.look(now, outbox.written(), pace)) {
            case WELL -> { }
            case DUE -> send(Framing.ping());
            case SILENT -> close(CloseCode.SILENT, "no answer to the heartbeat");
            case BEHIND -> outbox.endAsLate();
        }
    }

    private void send(byte[] frames) {
        outbox.offer(frames);
        flusher.wake();
    }

    private void tooSlow() {
        metrics.tooSlow();
        LOG.log(Level.INFO, "Connection {0} of {1} is closed with {2}: it does not read",
                new Object[] {session, caller.id(), CloseCode.SLOW.code()});
    }
}
