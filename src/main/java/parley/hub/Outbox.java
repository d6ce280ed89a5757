package parley.hub;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.protocol.CloseCode;
import parley.protocol.Framing;

/**
 * The backlog of one connection: the frames that wait to be written, in order. Any thread may add frames and never waits; only the
 * connection's flusher removes and writes them. One write is in progress at a time; frames that arrive meanwhile go into the next one.
 *
 * <p>Bounds: the connection is closed as too slow, and its backlog is dropped, if a frame arrives while too many bytes wait, or if the
 * sweep finds that the client has been behind for too long. Connections share the arrays, so a waiting frame costs one reference here.
 */
final class Outbox {

    private static final byte[][] NOTHING = {};
    private static final int FEW = 4;
    private static final int KEPT = 16;
    private static final int MOST_WRITES = 4;
    /** The longest time for closing; then the connection is aborted. */
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
    /** The flusher has this outbox in its queue or in its current round. */
    private boolean due;
    /** The wire takes no frames until it is ready. */
    private boolean busy = true;
    private boolean closing;
    /** The connection ends without writing what waits. */
    private boolean gone;
    /** The wire gets no further call, because it has ended or is being aborted. */
    private boolean ended;
    /** Since when the client has been behind or the connection has been closing, as {@link System#nanoTime}. */
    private long behindSince = NEVER;
    /** Since when the oldest waiting event of a room has waited, as {@link System#nanoTime}. */
    private long eventSince = NEVER;

    /**
     * @param mostBytes a frame that arrives while this many bytes wait closes the connection
     * @param tooSlow called once if a bound is exceeded
     */
    Outbox(Wire wire, Flusher flusher, int mostBytes, Runnable tooSlow) {
        this.wire = wire;
        this.flusher = flusher;
        this.mostBytes = mostBytes;
        this.tooSlow = tooSlow;
    }

    /** Connects the outbox to its wire. Called before anything else. */
    void begin() {
        wire.begin(this::ready);
    }

    /** Appends whole frames for the next round of the flusher. Ignores them if the connection is closing. */
    void offer(byte[] frames) {
        offer(frames, NEVER);
    }

    /** The same for an event of a room; its delay is measured from {@code since} ({@link System#nanoTime}). */
    void offer(byte[] frames, long since) {
        if (!takes(frames, since)) {
            giveUp("reads too slowly");
        }
    }

    /** The same for many frames. The bound is checked only once, before the first. */
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

    /** Closes the connection after everything that waits was written. */
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

    /** Whether the connection is closing, so that further frames are ignored. */
    synchronized boolean isClosing() {
        return closing;
    }

    /** Ends the connection without a close frame and without writing what waits. */
    synchronized void lost() {
        closing = true;
        gone = true;
        schedule();
    }

    /** A write has thrown: ends the connection like {@link #lost}. Only the flusher calls it. */
    synchronized void failed() {
        due = false;
        lost();
    }

    /** The connection has ended: drops what waits and never uses the wire again. */
    synchronized void gone() {
        closing = true;
        gone = true;
        ended = true;
        drop();
    }

    /** Closes the connection if the client has been behind for too long. Called by every sweep with {@link System#nanoTime}. */
    void sweep(long now, long longestWait) {
        if (isBehind(now, longestWait)) {
            endAsLate();
        }
    }

    /** Closes the connection because the client has not read for too long. */
    void endAsLate() {
        giveUp("did not read in time");
        flusher.wake();
    }

    /** The number of bytes that the wire was given so far. */
    synchronized long written() {
        return written;
    }

    /** The number of bytes that wait. */
    synchronized int waiting() {
        return bytes;
    }

    /** How long the client has been behind at this time ({@link System#nanoTime}), in nanoseconds; 0 if it keeps up. */
    synchronized long behind(long now) {
        return behindSince == NEVER ? 0 : now - behindSince;
    }

    // A connection whose close takes too long is aborted.
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

    /** Writes what waits, in a few writes. Returns whether to call it again in the next round. Only the flusher calls it. */
    boolean flush(WriteBatch batch) {
        for (int writes = 0; writes < MOST_WRITES; writes++) {
            if (!next(batch)) {
                return false;
            }
            boolean last = isLast();
            switch (wire.send(batch.bytes(), batch.length())) {
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

    // Fills the write batch. Returns false if there is nothing to write now; aborts the wire if the connection has to end.
    private boolean next(WriteBatch batch) {
        synchronized (this) {
            if (!gone && !busy && count > 0) {
                remove(batch.take(waiting, count));
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
