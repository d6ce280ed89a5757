package parley.bench;

import org.HdrHistogram.Histogram;

/** Latencies of commands and deliveries whose intended send time lies in a window, and total counts. Times are in nanoseconds. */
class Results implements ClientPool.Listener {

    static final long MAX_LATENCY = 120_000_000_000L;

    private final Histogram deliveries = new Histogram(MAX_LATENCY, 3);
    private final Histogram answers = new Histogram(MAX_LATENCY, 3);
    private long from = Long.MAX_VALUE;
    private long until = Long.MAX_VALUE;
    private long done;
    private long refused;
    private long answeredInWindow;
    private int lost;
    private long latest;

    /** Sets the window of intended send times, the end exclusive. */
    void window(long begin, long end) {
        from = begin;
        until = end;
    }

    /** Whether this intended send time lies in the window. */
    final boolean isInWindow(long intended) {
        return intended >= from && intended < until;
    }

    @Override
    public void delivered(LoadClient client, long intended, long now) {
        latest = Math.max(latest, intended);
        if (isInWindow(intended)) {
            deliveries.recordValue(Math.clamp(now - intended, 0, MAX_LATENCY));
        }
    }

    @Override
    public void answered(LoadClient client, long intended, boolean ok, long now) {
        latest = Math.max(latest, intended);
        if (ok) {
            done++;
        } else {
            refused++;
        }
        if (ok && now >= from && now < until) {
            answeredInWindow++;
        }
        if (isInWindow(intended)) {
            answers.recordValue(Math.clamp(now - intended, 0, MAX_LATENCY));
        }
    }

    @Override
    public void lost(LoadClient client, long now) {
        lost++;
    }

    /** Latency from the intended send time until a client received the message. */
    Histogram deliveries() {
        return deliveries;
    }

    /** Latency from the intended send time until the reply. */
    Histogram answers() {
        return answers;
    }

    /** Successful commands, inside and outside the window. */
    long done() {
        return done;
    }

    /** Refused commands, inside and outside the window. */
    long refused() {
        return refused;
    }

    /** Commands whose successful reply arrived in the window. */
    long answeredInWindow() {
        return answeredInWindow;
    }

    /** Connections that the server ended. */
    int lost() {
        return lost;
    }

    /** The latest intended send time with a reply or delivery; 0 if there is none. */
    long latest() {
        return latest;
    }
}
