package parley.hub;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import parley.settings.Settings;

/**
 * Checks that one client is alive and reads. The kernel and the network buffer megabytes for a client that reads nothing, and the outbox
 * can't see that. A pong proves that the client has read everything before the ping. So a ping is sent at a fixed interval, and earlier
 * after many bytes. A slow client's pong may take long; a wire that was full and takes bytes again proves that it reads too.
 *
 * <p>Only the sweep calls {@link #look} and {@link #moved}; any thread may note a frame. Times are those of {@link System#nanoTime}.
 */
final class Heartbeat {

    /** What a check found. */
    enum Finding {
        /** Nothing has to be done. */
        WELL,
        /** A ping is due. */
        DUE,
        /** The client has sent nothing for too long. */
        SILENT,
        /** The client has not yet read bytes that were written long ago. */
        BEHIND
    }

    /**
     * The times that apply to every client.
     *
     * @param every the interval between pings, in nanoseconds
     * @param silence how long the client may send nothing
     * @param longestWait how long written bytes may stay unread
     */
    record Pace(long every, long silence, long longestWait) {

        /** The configured wait includes the time for closing, so {@code longestWait} is shorter, by half at most. */
        static Pace of(Settings settings) {
            long wait = settings.outbox().longestWait().toNanos();
            return new Pace(settings.heartbeat().interval().toNanos(), settings.heartbeat().silence().toNanos(),
                    Math.max(wait / 2, wait - Outbox.LONGEST_CLOSING));
        }
    }

    /** After this many written bytes a ping may be early, and an unanswered ping means that the client is behind. */
    static final int MUCH = 1 << 16;
    /** A ping may be early after an eighth of the interval. */
    private static final int SOONER = 8;

    /** The interval of the pings that nobody answers: 15 s with the next sweep. Proxies close a response that is silent for longer. */
    static final long ONE_WAY_EVERY = TimeUnit.SECONDS.toNanos(15) - ConnectionSweep.EVERY.toNanos();

    private final boolean oneWay;
    private volatile long heardAt;
    private volatile long answeredAt;
    /** When the client was last seen to read. */
    private long movedAt;

    // All below are used by the sweep only.
    private long nextPing;
    /** When the tracked ping was sent. Pings that are sent before its pong arrives are not tracked. */
    private long askedAt;
    private boolean asked;
    private long writtenBefore;

    Heartbeat(long now, long nextPing) {
        this(now, nextPing, false);
    }

    private Heartbeat(long now, long nextPing, boolean oneWay) {
        this.oneWay = oneWay;
        heardAt = now;
        answeredAt = now;
        askedAt = now;
        movedAt = now;
        this.nextPing = nextPing;
    }

    /** A heartbeat that starts now. Its first ping is at a random time in the interval, which spreads the pings of many new connections. */
    static Heartbeat begin(Duration every) {
        long now = System.nanoTime();
        return new Heartbeat(now, now + ThreadLocalRandom.current().nextLong(every.toNanos()));
    }

    /** A heartbeat for a client that can't answer. It is never found silent or behind; the wire shows whether it reads. */
    static Heartbeat oneWay(long now) {
        return new Heartbeat(now, now + ONE_WAY_EVERY, true);
    }

    /** Notes that a frame came from the client. */
    void heard(long now) {
        heardAt = now;
    }

    /** Notes that a pong came from the client. */
    void answered(long now) {
        heardAt = now;
        answeredAt = now;
    }

    /** The wire shows that the client has read since the last sweep. Then it is neither silent nor behind, though its pong is far back. */
    void moved(long now) {
        movedAt = now;
    }

    /**
     * Checks the client. The caller must send a ping if the result is {@link Finding#DUE}.
     *
     * @param written the number of bytes written to the connection so far
     */
    Finding look(long now, long written, Pace pace) {
        if (oneWay) {
            boolean due = now - nextPing >= 0;
            nextPing = due ? now + ONE_WAY_EVERY : nextPing;
            return due ? Finding.DUE : Finding.WELL;
        }
        if (asked && answeredAt - askedAt > 0) {
            asked = false;
        }
        boolean much = written - writtenBefore >= MUCH;
        if (now - heardAt > pace.silence && now - movedAt > pace.silence) {
            return asked && much ? Finding.BEHIND : Finding.SILENT;
        }
        if (asked && much && now - askedAt > pace.longestWait && now - movedAt > pace.longestWait) {
            return Finding.BEHIND;
        }
        if (now - nextPing >= 0 || !asked && much && now - askedAt >= pace.every / SOONER) {
            ask(now, written);
            nextPing = now + pace.every;
            return Finding.DUE;
        }
        return Finding.WELL;
    }

    private void ask(long now, long written) {
        if (!asked) {
            asked = true;
            askedAt = now;
            writtenBefore = written;
        }
    }
}
