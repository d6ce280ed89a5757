package parley.hub;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.protocol.CloseCode;
import parley.protocol.Framing;

/**
 * What waits for one connection, in order. Every thread may put frames in, which never waits; only the connection's
 * flusher takes them out and writes. One write is under way at a time, and what comes in meanwhile leaves together in
 * the next.
 *
 * <p>Bounds: who offers when a bound of bytes waits already, or when the peer has not caught up for too long, ends the
 * connection as too slow, and what waits is dropped. Arrays are shared among recipients, so a slot here is all that
 * a waiting frame costs this connection.
 */
final class Outbox {

    private static final byte[][] NOTHING = {};
    private static final int FEW = 4;
    private static final int KEPT = 16;
    private static final int MOST_WRITES = 4;
    /** How long a peer may take for the close frame and its answer. */
    static final long LONGEST_CLOSING = TimeUnit.SECONDS.toNanos(3);
    static final long NEVER = 0;

    private final Wire wire;
    private final Flusher flusher;
    private final int mostBytes;
    private final Runnable tooSlow;

    // All below are guarded by this.
    private byte[][] waiting = NOTHING;
    private int count;
    private int bytes;
    private long written;
    private boolean due;
    private boolean busy = true;
    private boolean closing;
    /** It ends without what waits. */
    private boolean gone;
    /** The wire knows that the connection has ended. */
    private boolean ended;
    /** Since when the peer has not caught up or the close frame waits, in {@link System#nanoTime}. */
    private long behindSince = NEVER;
    /** Since when an event of a room waits, in {@link System#nanoTime}. */
    private long eventSince = NEVER;

    /**
     * @param mostBytes how many bytes may wait
     * @param tooSlow told, once, when a bound is passed
     */
    Outbox(Wire wire, Flusher flusher, int mostBytes, Runnable tooSlow) {
        this.wire = wire;
        this.flusher = flusher;
        this.mostBytes = mostBytes;
        this.tooSlow = tooSlow;
    }

    /** To be called before anything else. */
    void begin() {
        wire.begin(this::ready);
    }

    /** Puts whole frames behind what waits, for the next time that the flusher is awake. After a close they are dropped. */
    void offer(byte[] frames) {
        offer(frames, NEVER);
    }

    /** The same with an event of a room: how long it takes to leave is measured from this moment ({@link System#nanoTime}). */
    void offer(byte[] frames, long since) {
        if (!takes(frames, since)) {
            giveUp("reads too slowly");
        }
    }

    /** The same for many at once: the bound is looked at before the first of them. */
    void offer(List<byte[]> frames) {
        if (!takes(frames)) {
            giveUp("reads too slowly");
        }
    }

    private synchronized boolean takes(byte[] frames, long since) {
        if (closing) {
            return true;
        }
        if (bytes < mostBytes) {
            add(frames);
            if (eventSince == NEVER) {
                eventSince = since;
            }
            schedule();
            return true;
        }
        return false;
    }

    private synchronized boolean takes(List<byte[]> frames) {
        if (closing) {
            return true;
        }
        if (bytes < mostBytes) {
            frames.forEach(this::add);
            schedule();
            return true;
        }
        return false;
    }

    /** Ends the connection when what waits is written. */
    synchronized void close(int code, String reason) {
        if (!closing) {
            add(Framing.close(code, reason));
            closing = true;
            behindSince = NEVER;
            schedule();
        }
    }

    /** Closes the connection at once: drops what waits and sends only the close frame. */
    synchronized void cut(int code, String reason) {
        if (!closing) {
            drop();
            close(code, reason);
        }
    }

    /** Whether nothing more is taken. */
    synchronized boolean isClosing() {
        return closing;
    }

    /** Ends the connection without what waits. */
    synchronized void lost() {
        closing = true;
        gone = true;
        schedule();
    }

    /** The connection has ended: drops what waits and never uses the wire again. */
    synchronized void gone() {
        closing = true;
        gone = true;
        ended = true;
        drop();
    }

    /** Looks whether the peer keeps up: to be called once a second or so, with the time ({@link System#nanoTime}). */
    void sweep(long now, long longestWait) {
        if (isBehind(now, longestWait)) {
            endAsLate();
        }
    }

    /** Ends the connection of a peer that has not read for too long. */
    void endAsLate() {
        giveUp("did not read in time");
        flusher.wake();
    }

    /** How many bytes the wire was given so far. */
    synchronized long written() {
        return written;
    }

    /** How many bytes wait. */
    synchronized int waiting() {
        return bytes;
    }

    /** How long the peer has been behind by this time ({@link System#nanoTime}), in nanoseconds; 0 when it keeps up. */
    synchronized long behind(long now) {
        return behindSince == NEVER ? 0 : now - behindSince;
    }

    // Who does not even take the close frame is cut off.
    private synchronized boolean isBehind(long now, long longestWait) {
        if (gone || count == 0 && !busy && !closing) {
            behindSince = NEVER;
        } else if (behindSince == NEVER) {
            behindSince = now;
        } else if (!closing) {
            return now - behindSince > longestWait;
        } else if (now - behindSince > LONGEST_CLOSING) {
            gone = true;
            schedule();
            return true;
        }
        return false;
    }

    private void giveUp(String reason) {
        synchronized (this) {
            if (closing) {
                return;
            }
            cut(CloseCode.SLOW.code(), reason);
        }
        tooSlow.run();
    }

    /** Writes what waits; answers whether there is more to do soon. By the flusher alone. */
    boolean flush(WriteBatch drain) {
        for (int writes = 0; writes < MOST_WRITES; writes++) {
            if (!next(drain)) {
                return false;
            }
            boolean last = isLast();
            switch (wire.send(drain.bytes(), drain.length())) {
                case READY -> sent();
                case BUSY -> { }
                case GONE -> lost();
            }
            if (last) {
                wire.end();
            }
        }
        return true;
    }

    // Fills the drain; false when there is nothing to write now.
    private boolean next(WriteBatch drain) {
        synchronized (this) {
            if (!gone && !busy && count > 0) {
                remove(drain.take(waiting, count));
                busy = true;
                flusher.writes(eventSince);
                eventSince = NEVER;
                return true;
            }
            due = false;
            if (!busy && count == 0 && !closing) {
                behindSince = NEVER;
            }
            if (!gone || ended) {
                return false;
            }
            ended = true;
            drop();
        }
        wire.abort();
        return false;
    }

    private synchronized boolean isLast() {
        return closing && count == 0;
    }

    private synchronized void sent() {
        busy = false;
    }

    private void ready() {
        synchronized (this) {
            busy = false;
            if (count > 0) {
                schedule();
            }
        }
        flusher.wake();
    }

    private void schedule() {
        if (!due) {
            due = true;
            flusher.add(this);
        }
    }

    private void add(byte[] frames) {
        if (count == waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(FEW, 2 * count));
        }
        waiting[count++] = frames;
        bytes += frames.length;
    }

    private void remove(int taken) {
        for (int i = 0; i < taken; i++) {
            bytes -= waiting[i].length;
            written += waiting[i].length;
        }
        count -= taken;
        System.arraycopy(waiting, taken, waiting, 0, count);
        if (count == 0 && waiting.length > KEPT) {
            waiting = NOTHING;
        } else {
            Arrays.fill(waiting, count, count + taken, null);
        }
    }

    private void drop() {
        waiting = NOTHING;
        count = 0;
        bytes = 0;
        eventSince = NEVER;
    }
}
