package parley.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends commands from a pool's clients in round-robin order and collects the results. Only for the pool's thread. */
final class Load {

    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(15);
    private static final long LONGEST_DRAIN = TimeUnit.SECONDS.toNanos(120);
    /** A server this far behind won't catch up; continuing would only measure the queue. */
    private static final long MAX_LAG = TimeUnit.SECONDS.toNanos(3);
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(20);

    /** Sends a command from a client; {@code moment} is the intended send time. */
    interface Sender {
        void send(LoadClient client, long moment);
    }

    /**
     * The results of one load.
     *
     * @param seconds       length of the window
     * @param sent          commands sent before and in the window
     * @param deliveries    deliveries in the window
     * @param allDeliveries deliveries from the first command until the end of the drain
     * @param audience      recipients per message
     * @param held          commands that were not sent, because the client's earlier ones were unanswered or its connection had ended
     * @param overloaded    whether the load was aborted because the server fell behind
     */
    record Outcome(Results results, double seconds, long sent, long deliveries, long allDeliveries, int audience,
                   long held, boolean overloaded) {

        double answersPerSecond() {
            return results.answeredInWindow() / seconds;
        }

        double deliveriesPerSecond() {
            return deliveries / seconds;
        }

        /** This outcome; {@link BenchFailed} if a command was refused or a delivery is missing. */
        Outcome requireComplete() {
            if (!isComplete()) {
                throw new BenchFailed(
                        "Of %,d commands %,d succeeded and %,d were refused; %,d connections ended; %,d deliveries%s".formatted(sent,
                                results.done(), results.refused(), results.lost(), allDeliveries,
                                overloaded ? "; the server fell behind" : ""));
            }
            return this;
        }

        /**
         * This outcome; {@link BenchFailed} if a delivery of an accepted post is missing, or more posts were refused than accepted. A full
         * server refuses some.
         */
        Outcome requireDelivered() {
            boolean delivered = !overloaded && results.lost() == 0 && allDeliveries == results.done() * audience;
            return delivered && results.refused() <= results.done() ? this : requireComplete();
        }

        /** Whether all commands succeeded, all deliveries arrived, and no connection ended. */
        boolean isComplete() {
            return !overloaded && results.done() == sent && results.lost() == 0 && allDeliveries == results.done() * audience;
        }
    }

    private final ClientPool pool;
    private final List<LoadClient> senders;
    private final Sender sender;
    /** Recipients per message. */
    private final int audience;
    /** One in this many deliveries per client is timed. */
    private final int sampleEvery;

    Load(ClientPool pool, List<LoadClient> senders, int audience, int sampleEvery) {
        this(pool, senders, pool::post, audience, sampleEvery);
    }

    Load(ClientPool pool, List<LoadClient> senders, Sender sender, int audience, int sampleEvery) {
        this.pool = pool;
        this.senders = senders;
        this.sender = sender;
        this.audience = audience;
        this.sampleEvery = sampleEvery;
    }

    /**
     * Open-loop load: commands at fixed times regardless of replies. Latency counts from those times. {@code settle} precedes the window.
     */
    Outcome atRate(double perSecond, Duration settle, Duration span) {
        return atRate(new Results(), perSecond, settle, span);
    }

    /** The same into these empty results. */
    Outcome atRate(Results results, double perSecond, Duration settle, Duration span) {
        pool.setListener(results, sampleEvery);
        long before = pool.deliveries();
        long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
        long from = begin + settle.toNanos();
        long until = from + span.toNanos();
        results.window(from, until);
        long sent = 0;
        long deliveriesAtStart = -1;
        boolean overloaded = false;
        long due = begin;
        while (due < until && !overloaded) {
            for (long now = System.nanoTime(); due <= now && due < until && !overloaded; now = System.nanoTime()) {
                LoadClient client = senders.get((int) (sent % senders.size()));
                overloaded = !client.maySend() || now - due > MAX_LAG || due - Math.max(results.latest(), begin) > MAX_LAG;
                if (!overloaded) {
                    sender.send(client, due);
                    due = begin + (long) (++sent * 1e9 / perSecond);
                }
            }
            if (deliveriesAtStart < 0 && System.nanoTime() >= from) {
                deliveriesAtStart = pool.deliveries();
            }
            pool.poll(Math.min(due, until));
        }
        while (System.nanoTime() < until && !overloaded) {
            pool.poll(until);
        }
        long inWindow = deliveriesAtStart < 0 ? 0 : pool.deliveries() - deliveriesAtStart;
        drain(results, sent, before);
        return new Outcome(results, span.toNanos() / 1e9, sent, inWindow, pool.deliveries() - before, audience, 0,
                overloaded);
    }

    /** Open-loop load that continues however far the server falls behind. Commands of a client that may not send are left out. */
    Outcome offered(double perSecond, Duration settle, Duration span) {
        var results = new Results();
        pool.setListener(results, sampleEvery);
        long before = pool.deliveries();
        long begin = System.nanoTime();
        long from = begin + settle.toNanos();
        long until = from + span.toNanos();
        results.window(from, until);
        long offered = 0;
        long held = 0;
        long deliveriesAtStart = -1;
        for (long now = begin; now < until; now = System.nanoTime()) {
            long due = (long) ((now - begin) * perSecond / 1e9);
            // A part at a time, so that the client reads in between.
            for (long most = Math.min(due, offered + senders.size()); offered < most; offered++) {
                LoadClient client = senders.get((int) (offered % senders.size()));
                if (client.maySend()) {
                    sender.send(client, now);
                } else {
                    held++;
                }
            }
            if (deliveriesAtStart < 0 && now >= from) {
                deliveriesAtStart = pool.deliveries();
            }
            pool.poll(now);
        }
        long inWindow = pool.deliveries() - deliveriesAtStart;
        drain(results, offered - held, before);
        return new Outcome(results, span.toNanos() / 1e9, offered - held, inWindow, pool.deliveries() - before, audience, held, false);
    }

    /** Closed-loop load: each client keeps this many commands in flight. */
    Outcome inFlight(int each, Duration settle, Duration span) {
        long begin = System.nanoTime();
        long from = begin + settle.toNanos();
        long until = from + span.toNanos();
        var results = new Results();
        results.window(from, until);
        long[] sent = {0};
        pool.setListener(new ClientPool.Listener() {
            @Override
            public void answered(LoadClient client, long intended, boolean done, long now) {
                results.answered(client, intended, done, now);
                if (now < until) {
                    sent[0]++;
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
        }, sampleEvery);
        long before = pool.deliveries();
        for (LoadClient client : senders) {
            for (int i = 0; i < each; i++) {
                sent[0]++;
                sender.send(client, System.nanoTime());
            }
        }
        pollUntil(from);
        long deliveriesAtStart = pool.deliveries();
        pollUntil(until);
        long inWindow = pool.deliveries() - deliveriesAtStart;
        drain(results, sent[0], before);
        return new Outcome(results, span.toNanos() / 1e9, sent[0], inWindow, pool.deliveries() - before, audience, 0, false);
    }

    private void pollUntil(long moment) {
        while (System.nanoTime() < moment) {
            pool.poll(moment);
        }
    }

    // Waits for outstanding replies and deliveries, as long as some still come. A server whose listeners are late takes its time.
    private void drain(Results results, long sent, long before) {
        long bound = System.nanoTime() + LONGEST_DRAIN;
        long end = System.nanoTime() + TIMEOUT;
        long seen = pool.deliveries();
        while (System.nanoTime() < Math.min(end, bound) && pool.readyCount() > 0
                && (results.done() + results.refused() < sent || pool.deliveries() - before < results.done() * audience)) {
            pool.poll(System.nanoTime() + IDLE);
            if (pool.deliveries() > seen) {
                seen = pool.deliveries();
                end = System.nanoTime() + TIMEOUT;
            }
        }
    }
}
