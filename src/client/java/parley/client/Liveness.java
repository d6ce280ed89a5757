package parley.client;

import java.time.Duration;

/**
 * Decides whether a connection still lives. It is checked with a ping after a long silence, while a command waits for its answer, and twice
 * each time it becomes quiet: the JDK's WebSocket does not report the end of a connection that comes together with a frame. Times
 * are those of {@link System#nanoTime}. Only the loop uses it.
 */
final class Liveness {

    /** What to do. */
    enum Verdict { WELL, PING, DEAD }

    private static final int CHECKS = 2;

    private final Duration quiet;
    private final Duration pongWithin;
    private Duration silence = Duration.ofSeconds(25);
    private long heardAt;
    /** The id of the latest ping; 0 before the first. */
    private long pingId;
    private long pingedAt;
    private boolean waits;
    private int checks;

    /**
     * @param quiet a connection that brought nothing for so long is quiet
     * @param pongWithin how long after a ping something must arrive
     */
    Liveness(Duration quiet, Duration pongWithin) {
        this.quiet = quiet;
        this.pongWithin = pongWithin;
    }

    /** A connection began. After so long without a frame it is checked. */
    void begin(Duration longestSilence, long now) {
        silence = longestSilence;
        heardAt = now;
        waits = false;
        checks = 0;
    }

    /** Something arrived, or nothing could arrive because nothing was read. */
    void heard(long now) {
        heardAt = now;
    }

    /** A frame was dealt with. {@code re} is the command that it answers; 0 for none. */
    void handled(long re) {
        if (re == pingId) {
            waits = false;
            checks++;
        } else {
            checks = 0;
        }
    }

    void pinged(long id, long now) {
        pingId = id;
        pingedAt = now;
        waits = true;
    }

    /** @param commandWaits whether a command was sent and has no answer */
    Verdict look(long now, boolean commandWaits) {
        if (waits) {
            long last = heardAt - pingedAt > 0 ? heardAt : pingedAt;
            return now - last >= pongWithin.toNanos() ? Verdict.DEAD : Verdict.WELL;
        }
        Duration bound = checks >= CHECKS && !commandWaits ? silence : quiet;
        return now - heardAt >= bound.toNanos() ? Verdict.PING : Verdict.WELL;
    }
}
