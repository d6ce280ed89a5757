package parley.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import parley.protocol.CloseCode;
import parley.protocol.Frame;

/**
 * What waits for one connection, in order, bounded in bytes: offering past the bound closes the connection as too slow
 * and drops what waits. Every thread may offer; only the connection's flusher writes. One write is under way at a
 * time, and what comes in meanwhile leaves together in the next.
 */
final class Outbox {

    private static final int MOST_FRAMES_A_WRITE = 256;

    private final Wire wire;
    private final Flusher flusher;
    private final int mostBytes;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    // All below are guarded by this.
    private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean writing;
    private long writingSince;
    private boolean pingDue;
    private CloseCode closing;
    private String closeReason;
    private boolean closed;

    Outbox(Wire wire, Flusher flusher, int mostBytes) {
        this.wire = wire;
        this.flusher = flusher;
        this.mostBytes = mostBytes;
    }

    /** Puts a frame behind what waits. After a close it is dropped. */
    void offer(Frame frame) {
        offer(List.of(frame));
    }

    /** Puts frames behind what waits. After a close they are dropped. */
    void offer(List<Frame> frames) {
        synchronized (this) {
            if (closing != null) {
                return;
            }
            for (Frame frame : frames) {
                waiting.add(frame);
                bytes += frame.size();
            }
            if (bytes > mostBytes) {
                closeNow(CloseCode.SLOW, "reads too slowly");
            }
        }
        flusher.schedule(this, scheduled);
    }

    /** Has a ping sent as soon as nothing is being written. */
    void ping() {
        synchronized (this) {
            pingDue = true;
        }
        flusher.schedule(this, scheduled);
    }

    /** Ends the connection when what waits is written. */
    void close(CloseCode code, String reason) {
        synchronized (this) {
            if (closing == null) {
                closing = code;
                closeReason = reason;
            }
        }
        flusher.schedule(this, scheduled);
    }

    /** Ends the connection if a write has been under way since before this moment ({@link System#nanoTime}). */
    void closeIfStuck(long before) {
        synchronized (this) {
            if (!writing || writingSince - before > 0) {
                return;
            }
            closeNow(CloseCode.SLOW, "did not read in time");
            writing = false;
        }
        flusher.schedule(this, scheduled);
    }

    private void closeNow(CloseCode code, String reason) {
        waiting.clear();
        bytes = 0;
        closing = code;
        closeReason = reason;
    }

    /** Writes what waits. By the flusher alone. */
    void flush() {
        scheduled.set(false);
        List<Frame> batch;
        boolean ping;
        CloseCode close = null;
        synchronized (this) {
            if (writing || closed) {
                return;
            }
            batch = take();
            ping = pingDue;
            pingDue = false;
            if (batch.isEmpty() && closing != null) {
                close = closing;
                closed = true;
            }
            writing = !batch.isEmpty();
            writingSince = System.nanoTime();
        }
        if (close != null) {
            wire.close(close, closeReason);
            return;
        }
        if (ping) {
            wire.ping();
        }
        if (!batch.isEmpty()) {
            wire.send(batch, this::written);
        }
    }

    private List<Frame> take() {
        List<Frame> batch = new ArrayList<>(Math.min(waiting.size(), MOST_FRAMES_A_WRITE));
        while (!waiting.isEmpty() && batch.size() < MOST_FRAMES_A_WRITE) {
            Frame frame = waiting.poll();
            bytes -= frame.size();
            batch.add(frame);
        }
        return batch;
    }

    private void written(boolean sent) {
        boolean more;
        synchronized (this) {
            writing = false;
            if (!sent && closing == null) {
                // The peer is gone; the container tells the endpoint so.
                closeNow(CloseCode.NORMAL, "");
            }
            more = !waiting.isEmpty() || closing != null || pingDue;
        }
        if (more) {
            flusher.schedule(this, scheduled);
        }
    }
}
