package parley.hub;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.journal.LoggedFrame;
import parley.protocol.CloseCode;
import parley.protocol.Encoding;
import parley.protocol.Framing;

/**
 * The backlog of one connection: the frames that wait to be written, in order. Any thread may add frames and never waits; only the
 * connection's flusher removes and writes them. One write is in progress at a time; frames that arrive meanwhile go into the next one.
 *
 * <p>Bounds: events of rooms are taken only up to a number of bytes; a subscription whose events were not taken falls behind and reads
 * them from the log when the client has read. Other frames have room for as many bytes again, then the connection is closed as too slow.
 * It is also closed if the sweep finds that the client has read nothing for too long. Connections share the arrays, so a waiting frame
 * costs one reference here.
 */
final class Outbox {

    private static final byte[][] NOTHING = {};
    private static final int FEW = 4;
    private static final int KEPT = 16;
    private static final int MOST_WRITES = 4;
    private static final int LATE_PART = 4;
    /** Events that were read from the log are taken up to this many bytes, because fewer connections share them. */
    static final int MOST_REPLAYED = 1 << 17;
    /** The longest time for closing; then the connection is aborted. */
    static final long LONGEST_CLOSING = TimeUnit.SECONDS.toNanos(3);
    static final long NEVER = 0;

    private final Wire wire;
    private final Flusher flusher;
    private final int mostBytes;
    private final int mostReplayed;
    private final Runnable tooSlow;
    private final Runnable hasRead;

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
    /** Since when the wire has taken nothing or the connection has been closing, as {@link System#nanoTime}. */
    private long stuckSince = NEVER;
    /** The wire was stuck and has taken bytes since, which proves that the client reads. */
    private boolean moved;
    /** A subscription is behind and waits until the client has read. */
    private boolean replayWaits;
    /** Since when the oldest waiting event of a room has waited, as {@link System#nanoTime}. */
    private long eventSince = NEVER;

    /**
     * @param mostBytes the most bytes of events that wait; twice as many bytes of all frames close the connection
     * @param tooSlow called once if the connection is closed because of a bound
     * @param hasRead called on the flusher's thread if {@link #hasRoomForReplay} was false and there is room again; must not wait
     */
    Outbox(Wire wire, Flusher flusher, int mostBytes, Runnable tooSlow, Runnable hasRead) {
        this.wire = wire;
        this.flusher = flusher;
        this.mostBytes = mostBytes;
        this.mostReplayed = Math.min(MOST_REPLAYED, mostBytes);
        this.tooSlow = tooSlow;
        this.hasRead = hasRead;
    }

    /** Connects the outbox to its wire. Called before anything else. */
    void begin() {
        wire.begin(this::ready);
    }

    /** Appends frames for this client alone. Ignores them if the connection is closing, and closes it if too many bytes wait. */
    void offer(byte[] frames) {
        if (!takes(frames, NEVER, 2L * mostBytes)) {
            giveUp("does not read the replies");
        }
    }

    /**
     * Appends frames that all subscribers of a room get. Returns false, without taking them, if they don't fit. Ignores them if the
     * connection is closing.
     *
     * @param since when the delay of an event began ({@link System#nanoTime}), or {@link #NEVER} for an ephemeral event
     */
    boolean offer(byte[] frames, long since) {
        return takes(frames, since, mostBytes - (long) frames.length + 1);
    }

    /** Appends as many of these events from the log as fit and returns their number. All count as taken if the connection is closing. */
    synchronized int replay(List<LoggedFrame> events, Encoding encoding) {
        int taken = 0;
        while (taken < events.size() && (closing || bytes < mostReplayed)) {
            if (!closing) {
                add(events.get(taken).frame().bytes(encoding));
            }
            taken++;
        }
        if (count > 0) {
            schedule();
        }
        return taken;
    }

    /** Whether a good part of the room for events from the log is free. If not, {@code hasRead} is called once there is. */
    synchronized boolean hasRoomForReplay() {
        replayWaits = !hasReplayRoom();
        return !replayWaits;
    }

    private boolean hasReplayRoom() {
        return closing || bytes <= mostReplayed / 2;
    }

    // Takes the frames if fewer bytes than the bound wait.
    private synchronized boolean takes(byte[] frames, long since, long bound) {
        if (closing) {
            return true;
        }
        if (bytes >= bound) {
            return false;
        }
        add(frames);
        if (eventSince == NEVER) {
            eventSince = since;
        }
        schedule();
        return true;
    }

    /** Closes the connection after everything that waits was written. */
    synchronized void close(int code, String reason) {
        if (!closing) {
            add(Framing.close(code, reason));
            closing = true;
            stuckSince = NEVER;
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

    /**
     * Closes the connection if the client has left, or if the wire has taken nothing for too long. Returns whether the client has read
     * since the last sweep, as far as the wire shows it. Called by every sweep with {@link System#nanoTime}.
     */
    boolean sweep(long now, long longestWait) {
        if (wire.hasLeft()) {
            lost();
            flusher.wake();
        }
        if (isStuck(now, longestWait)) {
            endAsLate();
        }
        return takeMoved();
    }

    private synchronized boolean takeMoved() {
        boolean result = moved;
        moved = false;
        return result;
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

    /** Whether a quarter of the bytes that may wait do. */
    synchronized boolean isLate() {
        return bytes > mostBytes / LATE_PART;
    }

    /** The number of bytes that wait. */
    synchronized int waiting() {
        return bytes;
    }

    /** How long the wire has taken nothing at this time ({@link System#nanoTime}), in nanoseconds; 0 if it takes frames. */
    synchronized long stuck(long now) {
        return stuckSince == NEVER ? 0 : now - stuckSince;
    }

    // A connection whose close takes too long is aborted.
    private synchronized boolean isStuck(long now, long longestWait) {
        if (gone || !busy && !closing) {
            stuckSince = NEVER;
        } else if (stuckSince == NEVER) {
            stuckSince = now;
        } else if (!closing) {
            return now - stuckSince > longestWait;
        } else if (now - stuckSince > LONGEST_CLOSING) {
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
            batch.written();
            if (last) {
                wire.end();
            }
            if (endsWait()) {
                hasRead.run();
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

    private synchronized boolean endsWait() {
        boolean ends = replayWaits && hasReplayRoom();
        replayWaits &= !ends;
        return ends;
    }

    private void ready() {
        synchronized (this) {
            busy = false;
            if (stuckSince != NEVER && !closing) {
                // A network buffer that is not full takes bytes at once. So only a wire that was found stuck proves reading.
                stuckSince = NEVER;
                moved = true;
            }
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
