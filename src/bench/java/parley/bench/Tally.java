package parley.bench;

import org.HdrHistogram.Histogram;

/** What came of the commands that were to be sent within a window of time. Times are nanoseconds. */
class Tally implements Crowd.Listener {

    static final long LONGEST = 120_000_000_000L;

    private final Histogram deliveries = new Histogram(LONGEST, 3);
    private final Histogram answers = new Histogram(LONGEST, 3);
    private long from = Long.MAX_VALUE;
    private long until = Long.MAX_VALUE;
    private long done;
    private long refused;
    private long answeredInWindow;
    private int lost;
    private long latest;

    /** Counts those from now on that were to be sent from one moment until before another. */
    void window(long begin, long end) {
        from = begin;
        until = end;
    }

    /** Whether what was to be sent at that moment counts. */
    final boolean isInWindow(long intended) {
        return intended >= from && intended < until;
    }

    @Override
    public void delivered(Guest guest, long intended, long now) {
        latest = Math.max(latest, intended);
        if (isInWindow(intended)) {
            deliveries.recordValue(Math.clamp(now - intended, 0, LONGEST));
        }
    }

    @Override
    public void answered(Guest guest, long intended, boolean ok, long now) {
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
            answers.recordValue(Math.clamp(now - intended, 0, LONGEST));
        }
    }

    @Override
    public void lost(Guest guest, long now) {
        lost++;
    }

    /** From the moment that a message was to be sent until a guest had it. */
    Histogram deliveries() {
        return deliveries;
    }

    /** From the moment that a command was to be sent until it was answered. */
    Histogram answers() {
        return answers;
    }

    /** Commands that were done, in the window and outside. */
    long done() {
        return done;
    }

    /** Commands that were refused, in the window and outside. */
    long refused() {
        return refused;
    }

    /** Commands whose answer, that they were done, came within the window. */
    long answeredInWindow() {
        return answeredInWindow;
    }

    /** Connections that the server ended. */
    int lost() {
        return lost;
    }

    /** The latest moment of which anything came back, 0 before. */
    long latest() {
        return latest;
    }
}
