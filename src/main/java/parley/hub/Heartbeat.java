package parley.hub;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import parley.settings.Settings;

/**
 * What the pongs of one client prove: that it is alive, and that it reads. The kernel and the network buffer megabytes for a
 * client that reads nothing, and the outbox can't see that. A pong proves that the client has read everything before the ping.
 * So a ping is sent at a fixed interval, and sooner after many bytes.
 *
 * <p>Only the sweep checks; any thread may note a frame. Times are those of {@link System#nanoTime}.
 */
final class Heartbeat {

    /** What a check found. */
    enum Finding {
        /** Nothing. */
        WELL,
        /** A ping is due. */
        DUE,
        /** Nothing came for too long. */
        SILENT,
        /** What was written a while ago has not been read yet. */
        BEHIND
    }

    /**
     * @param every the interval between pings, in nanoseconds
     * @param silence how long the client may send nothing
     * @param longestWait how long written bytes may stay unread
     */
    record Pace(long every, long silence, long longestWait) {

        /** The wait includes the time to take the close frame. */
        static Pace of(Settings settings) {
            long wait = settings.outbox().longestWait().toNanos();
            return new Pace(settings.heartbeat().interval().toNanos(), settings.heartbeat().silence().toNanos(),
                    Math.max(wait / 2, wait - Outbox.LONGEST_CLOSING));
        }
    }

    /** A client may have fewer bytes than this in flight without being slow. */
    static final int MUCH = 1 << 16;
    /** The share of the interval after which a ping may be sent early. */
    private static final int SOONER = 8;

    private volatile long heardAt;
    private volatile long answeredAt;

    // The sweeper's.
    private long nextPing;
    /** When the oldest unanswered ping was sent; if all were answered, the last one. */
    private long askedAt;
    private boolean asked;
    private long writtenBefore;

    Heartbeat(long now, long nextPing) {
        heardAt = now;
        answeredAt = now;
        askedAt = now;
        this.nextPing = nextPing;
    }

    /** Starts now, with a first ping at a random time in the interval, so that the pings of many new connections are spread. */
    static Heartbeat begin(Duration every) {
        long now = System.nanoTime();
        return new Heartbeat(now, now + ThreadLocalRandom.current().nextLong(every.toNanos()));
    }

    /** Something came from the peer. */
    void heard(long now) {
        heardAt = now;
    }

    /** A pong came from the peer. */
    void answered(long now) {
        heardAt = now;
        answeredAt = now;
    }

    /**
     * Checks once. After {@link Finding#DUE} the caller sends a ping.
     *
     * @param written how many bytes the connection was given so far
     */
    Finding look(long now, long written, Pace pace) {
        if (asked && answeredAt - askedAt > 0) {
            asked = false;
        }
        boolean much = written - writtenBefore >= MUCH;
        if (now - heardAt > pace.silence) {
            return asked && much ? Finding.BEHIND : Finding.SILENT;
        }
        if (asked && much && now - askedAt > pace.longestWait) {
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
