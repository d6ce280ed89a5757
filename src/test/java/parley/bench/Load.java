package parley.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of a pool's clients, each in turn, and what came of them. In the pool's thread; each call bounds itself in time. */
final class Load {

    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(15);
    /** So far behind, the server won't catch up: going on would measure the queue alone. */
    private static final long HOPELESS = TimeUnit.SECONDS.toNanos(3);
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(20);

    /** A client says something that was to be said at a moment. */
    interface Sender {
        void send(LoadClient client, long moment);
    }

    /**
     * What came of it.
     *
     * @param seconds    how long the window was
     * @param asked      commands sent, before and in the window
     * @param deliveries messages that clients got in the window
     * @param allDeliveries messages that clients got, from the first command until nothing was left to wait for
     * @param audience   clients that each message was for
     * @param overloaded whether it was broken off because the server fell behind
     */
    record Outcome(Results results, double seconds, long asked, long deliveries, long allDeliveries, int audience,
                   boolean overloaded) {

        double answersPerSecond() {
            return results.answeredInWindow() / seconds;
        }

        double deliveriesPerSecond() {
            return deliveries / seconds;
        }

        /** This outcome, where every command was done and every message came; else {@link BenchFailed}. */
        Outcome requireComplete() {
            if (!isComplete()) {
                throw new BenchFailed("Of %,d commands %,d were done and %,d refused, %,d connections ended, %,d messages came%s".formatted(
                        asked, results.done(), results.refused(), results.lost(), allDeliveries, overloaded ? ", and it fell behind" : ""));
            }
            return this;
        }

        /** Whether every command was done, every message came, and nobody was cut off. */
        boolean isComplete() {
            return !overloaded && results.done() == asked && results.lost() == 0 && allDeliveries == results.done() * audience;
        }
    }

    private final ClientPool pool;
    private final List<LoadClient> senders;
    private final Sender sender;
    /** How many clients get each message. */
    private final int audience;
    /** The time in a message is read in one of so many. */
    private final int every;

    Load(ClientPool pool, List<LoadClient> senders, int audience, int every) {
        this(pool, senders, pool::post, audience, every);
    }

    Load(ClientPool pool, List<LoadClient> senders, Sender sender, int audience, int every) {
        this.pool = pool;
        this.senders = senders;
        this.sender = sender;
        this.audience = audience;
        this.every = every;
    }

    /** Commands at fixed moments, whatever comes back; times count from those moments. The window begins after {@code settle}. */
    Outcome atRate(double perSecond, Duration settle, Duration span) {
        return atRate(new Results(), perSecond, settle, span);
    }

    /** The same into a results that nothing has come to. */
    Outcome atRate(Results results, double perSecond, Duration settle, Duration span) {
        pool.setListener(results, every);
        long before = pool.deliveries();
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
        long from = begin + settle.toNanos();
        long until = from + span.toNanos();
        results.window(from, until);
        long asked = 0;
        long atFrom = -1;
        boolean overloaded = false;
        long due = begin;
        while (due < until && !overloaded) {
            for (long now = System.nanoTime(); due <= now && due < until && !overloaded; now = System.nanoTime()) {
                LoadClient client = senders.get((int) (asked % senders.size()));
                overloaded = !client.maySend() || now - due > HOPELESS || due - Math.max(results.latest(), begin) > HOPELESS;
                if (!overloaded) {
                    sender.send(client, due);
                    due = begin + (long) (++asked * 1e9 / perSecond);
                }
            }
            if (atFrom < 0 && System.nanoTime() >= from) {
                atFrom = pool.deliveries();
            }
            pool.poll(Math.min(due, until));
        }
        while (System.nanoTime() < until && !overloaded) {
            pool.poll(until);
        }
        long inWindow = atFrom < 0 ? 0 : pool.deliveries() - atFrom;
        drain(results, asked, before);
        return new Outcome(results, span.toNanos() / 1e9, asked, inWindow, pool.deliveries() - before, audience,
                overloaded);
    }

    /** Each client has so many commands under way, and sends the next one when one is answered. */
    Outcome inFlight(int each, Duration settle, Duration span) {
        long begin = System.nanoTime();
        long from = begin + settle.toNanos();
        long until = from + span.toNanos();
        var results = new Results();
        results.window(from, until);
        long[] asked = {0};
        pool.setListener(new ClientPool.Listener() {
            @Override
            public void answered(LoadClient client, long intended, boolean done, long now) {
                results.answered(client, intended, done, now);
                if (now < until) {
                    asked[0]++;
                    sender.send(client, now);
                }
            }

            @Override
            public void delivered(LoadClient client, long intended, long now) {
                results.delivered(client, intended, now);
            }

            @Override
            public void lost(LoadClient client, long now) {
                results.lost(client, now);
            }
        }, every);
        long before = pool.deliveries();
        for (LoadClient client : senders) {
            for (int i = 0; i < each; i++) {
                asked[0]++;
                sender.send(client, System.nanoTime());
            }
        }
        pollUntil(from);
        long atFrom = pool.deliveries();
        pollUntil(until);
        long inWindow = pool.deliveries() - atFrom;
        drain(results, asked[0], before);
        return new Outcome(results, span.toNanos() / 1e9, asked[0], inWindow, pool.deliveries() - before, audience, false);
    }

    private void pollUntil(long moment) {
        while (System.nanoTime() < moment) {
            pool.poll(moment);
        }
    }

    // Waits for what is still under way, as long as anything may come.
    private void drain(Results results, long asked, long before) {
        long end = System.nanoTime() + TIMEOUT;
        while (System.nanoTime() < end && pool.readyCount() > 0
                && (results.done() + results.refused() < asked || pool.deliveries() - before < results.done() * audience)) {
            pool.poll(System.nanoTime() + IDLE);
        }
    }
}
