package parley.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of a crowd's guests, each in turn, and what came of them. In the crowd's thread; each call bounds itself in time. */
final class Load {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(15);
    /** So far behind, the server won't catch up: going on would measure the queue alone. */
    private static final long HOPELESS = TimeUnit.SECONDS.toNanos(3);
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(20);

    /** A guest says something that was to be said at a moment. */
    interface Asking {
        void ask(Guest guest, long moment);
    }

    /**
     * What came of it.
     *
     * @param seconds    how long the window was
     * @param asked      commands sent, before and in the window
     * @param deliveries messages that guests got in the window
     * @param allDeliveries messages that guests got, from the first command until nothing was left to wait for
     * @param audience   guests that each message was for
     * @param overloaded whether it was broken off because the server fell behind
     */
    record Outcome(Tally tally, double seconds, long asked, long deliveries, long allDeliveries, int audience,
                   boolean overloaded) {

        double answersPerSecond() {
            return tally.answeredInWindow() / seconds;
        }

        double deliveriesPerSecond() {
            return deliveries / seconds;
        }

        /** This outcome, where every command was done and every message came; else {@link BenchFailed}. */
        Outcome wasWhole() {
            if (!isWhole()) {
                throw new BenchFailed("Of %,d commands %,d were done and %,d refused, %,d connections ended, %,d messages came%s".formatted(
                        asked, tally.done(), tally.refused(), tally.lost(), allDeliveries, overloaded ? ", and it fell behind" : ""));
            }
            return this;
        }

        /** Whether every command was done, every message came, and nobody was cut off. */
        boolean isWhole() {
            return !overloaded && tally.done() == asked && tally.lost() == 0 && allDeliveries == tally.done() * audience;
        }
    }

    private final Crowd crowd;
    private final List<Guest> askers;
    private final Asking asking;
    /** How many guests get each message. */
    private final int audience;
    /** The time in a message is read in one of so many. */
    private final int every;

    Load(Crowd crowd, List<Guest> askers, int audience, int every) {
        this(crowd, askers, crowd::post, audience, every);
    }

    Load(Crowd crowd, List<Guest> askers, Asking asking, int audience, int every) {
        this.crowd = crowd;
        this.askers = askers;
        this.asking = asking;
        this.audience = audience;
        this.every = every;
    }

    /** Commands at fixed moments, whatever comes back; times count from those moments. The window begins after {@code settle}. */
    Outcome atRate(double perSecond, Duration settle, Duration span) {
        return atRate(new Tally(), perSecond, settle, span);
    }

    /** The same into a tally that nothing has come to. */
    Outcome atRate(Tally tally, double perSecond, Duration settle, Duration span) {
        crowd.tell(tally, every);
        long before = crowd.deliveries();
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
        long from = begin + settle.toNanos();
        long until = from + span.toNanos();
        tally.window(from, until);
        long asked = 0;
        long atFrom = -1;
        boolean overloaded = false;
        long due = begin;
        while (due < until && !overloaded) {
            for (long now = System.nanoTime(); due <= now && due < until && !overloaded; now = System.nanoTime()) {
                Guest guest = askers.get((int) (asked % askers.size()));
                overloaded = !guest.mayAsk() || now - due > HOPELESS || due - Math.max(tally.latest(), begin) > HOPELESS;
                if (!overloaded) {
                    asking.ask(guest, due);
                    due = begin + (long) (++asked * 1e9 / perSecond);
                }
            }
            if (atFrom < 0 && System.nanoTime() >= from) {
                atFrom = crowd.deliveries();
            }
            crowd.turn(Math.min(due, until));
        }
        while (System.nanoTime() < until && !overloaded) {
            crowd.turn(until);
        }
        long inWindow = atFrom < 0 ? 0 : crowd.deliveries() - atFrom;
        drain(tally, asked, before);
        return new Outcome(tally, span.toNanos() / 1e9, asked, inWindow, crowd.deliveries() - before, audience,
                overloaded);
    }

    /** Each guest has so many commands under way, and sends the next one when one is answered. */
    Outcome inFlight(int each, Duration settle, Duration span) {
        long begin = System.nanoTime();
        long from = begin + settle.toNanos();
        long until = from + span.toNanos();
        var tally = new Tally();
        tally.window(from, until);
        long[] asked = {0};
        crowd.tell(new Crowd.Listener() {
            @Override
            public void answered(Guest guest, long intended, boolean done, long now) {
                tally.answered(guest, intended, done, now);
                if (now < until) {
                    asked[0]++;
                    asking.ask(guest, now);
                }
            }

            @Override
            public void delivered(Guest guest, long intended, long now) {
                tally.delivered(guest, intended, now);
            }

            @Override
            public void lost(Guest guest, long now) {
                tally.lost(guest, now);
            }
        }, every);
        long before = crowd.deliveries();
        for (Guest guest : askers) {
            for (int i = 0; i < each; i++) {
                asked[0]++;
                asking.ask(guest, System.nanoTime());
            }
        }
        turnUntil(from);
        long atFrom = crowd.deliveries();
        turnUntil(until);
        long inWindow = crowd.deliveries() - atFrom;
        drain(tally, asked[0], before);
        return new Outcome(tally, span.toNanos() / 1e9, asked[0], inWindow, crowd.deliveries() - before, audience, false);
    }

    private void turnUntil(long moment) {
        while (System.nanoTime() < moment) {
            crowd.turn(moment);
        }
    }

    // Waits for what is still under way, as long as anything may come.
    private void drain(Tally tally, long asked, long before) {
        long end = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < end && crowd.in() > 0
                && (tally.done() + tally.refused() < asked || crowd.deliveries() - before < tally.done() * audience)) {
            crowd.turn(System.nanoTime() + IDLE);
        }
    }
}
