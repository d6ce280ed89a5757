package parley.hub;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.protocol.CloseCode;
import parley.protocol.Framing;

/**
 * The frames that wait for one connection, in order. Any thread adds frames and never waits; only the connection's flusher removes
 * and writes them. One write is in progress at a time, and frames that arrive meanwhile are written together next.
 *
 * <p>Bounds: if too many bytes wait, or the client is behind for too long, the next frame closes the connection as too slow and
 * drops what waits. Recipients share the arrays, so a waiting frame costs this connection one slot.
 */
final class Outbox {

    private static final byte[][] NOTHING = {};
    private static final int FEW = 4;
    private static final int KEPT = 16;
    private static final int MOST_WRITES = 4;
    /** How long a client may take for the close handshake. */
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
    /** Since when the client has been behind or the close frame waits, as {@link System#nanoTime}. */
    private long behindSince = NEVER;
    /** Since when an event of a room has waited, as {@link System#nanoTime}. */
    private long eventSince = NEVER;

    /**
     * @param mostBytes how many bytes may wait
     * @param tooSlow called once if a bound is passed
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

    /** Appends whole frames for the next round of the flusher. Drops them after a close. */
    void offer(byte[] frames) {
        offer(frames, NEVER);
    }

    /** The same for an event of a room; its delay is measured from {@code since} ({@link System#nanoTime}). */
    void offer(byte[] frames, long since) {
        if (!takes(frames, since)) {
            giveUp("reads too slowly");
        }
    }

    /** The same for many frames; the bound is checked before the first. */
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

    /** A write has thrown: the connection ends without what waits. Only the flusher calls it. */
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

    /** Checks whether the client keeps up. Called about once a second with {@link System#nanoTime}. */
    void sweep(long now, long longestWait) {
        if (isBehind(now, longestWait)) {
            endAsLate();
        }
    }

    /** Closes the connection of a client that has not read for too long. */
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

    /** How long the client has been behind at this time ({@link System#nanoTime}), in nanoseconds; 0 if it keeps up. */
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

    /** Writes what waits and returns whether more is due soon. Only the flusher calls it. */
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

    // Fills the write batch; returns false if there is nothing to write now.
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
