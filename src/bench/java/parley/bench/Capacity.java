package parley.bench;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.Locale;

/**
 * How many deliveries a second a server makes in a shape of rooms, and how it is at half of that. The load is doubled until the
 * 99th percentile passes 250 ms, and what lies between the last rate within 100 ms and the first beyond is halved a few times.
 */
final class Capacity {

    static final double GOOD_MILLIS = 100;
    private static final double ENOUGH_MILLIS = 250;
    private static final int HALVINGS = 4;
    // A JVM that has one core compiles for long.
    private static final Duration WARM_UP = ofSeconds(20);
    private static final Duration SETTLE = Duration.ofMillis(700);
    private static final Duration LOOK = ofSeconds(3);
    private static final Duration LOOK_CLOSELY = ofSeconds(5);

    /**
     * What it did at one rate.
     *
     * @param posts  a second, offered
     * @param usage  the processor meanwhile
     * @param whole  whether everything arrived
     */
    record Step(double posts, double deliveries, double p50, double p99, Meter.Usage usage, boolean whole) {

        double share() {
            return usage.server();
        }

        boolean within(double millis) {
            return whole && p99 <= millis;
        }
    }

    /** The best rate within 100 ms, and half of it. */
    record Found(Step best, Step half) {}

    private final Subject subject;
    private final Gathering gathering;

    private Capacity(Subject subject, Gathering gathering) {
        this.subject = subject;
        this.gathering = gathering;
    }

    /** Finds it; about a minute. */
    static Found of(Subject subject, Shape shape, double firstRate) {
        Say.progress(subject, shape);
        try (var gathering = new Gathering(subject, shape)) {
            gathering.warmUp(WARM_UP);
            return new Capacity(subject, gathering).find(firstRate);
        }
    }

    /** What it does at a given rate. */
    static Step at(Subject subject, Shape shape, double rate) {
        Say.progress(subject, shape);
        try (var gathering = new Gathering(subject, shape)) {
            var capacity = new Capacity(subject, gathering);
            capacity.step(rate, ofSeconds(5));
            return capacity.step(rate, ofSeconds(10));
        }
    }

    private Found find(double firstRate) {
        Step good = null;
        double bad = 0;
        Step step;
        double rate = firstRate;
        do {
            step = step(rate, LOOK);
            if (bad == 0 && step.within(GOOD_MILLIS)) {
                good = step;
            } else if (bad == 0) {
                bad = rate;
            }
            rate *= 2;
        } while (step.within(ENOUGH_MILLIS));
        for (rate = firstRate / 2; good == null; rate /= 2) {
            good = lower(rate);
        }
        for (int i = 0; i < HALVINGS; i++) {
            step = step(Math.sqrt(good.posts() * bad), LOOK_CLOSELY);
            if (step.within(GOOD_MILLIS)) {
                good = step;
            } else {
                bad = step.posts();
            }
        }
        return new Found(good, step(good.posts() / 2, ofSeconds(8)));
    }

    // The first rate was too much; null while it still is.
    private Step lower(double rate) {
        if (rate < 1) {
            throw new BenchFailed(subject.name() + " does not stay within 100 ms at any rate");
        }
        Step step = step(rate, LOOK);
        return step.within(GOOD_MILLIS) ? step : null;
    }

    // What goes wrong has a second chance, and a third one where something else had the server's core meanwhile.
    private Step step(double rate, Duration span) {
        Step best = once(rate, span);
        for (int tries = 1; !best.within(GOOD_MILLIS) && (tries < 2 || tries < 3 && best.usage().disturbed()); tries++) {
            Step again = once(rate, span);
            best = again.whole() && (!best.whole() || again.p99() < best.p99()) ? again : best;
        }
        return best;
    }

    private Step once(double rate, Duration span) {
        var meter = new Meter(subject);
        Load.Outcome outcome = gathering.atRate(rate, SETTLE, span);
        Meter.Usage usage = meter.read();
        var times = outcome.tally().deliveries();
        var step = new Step(rate, outcome.deliveriesPerSecond(), times.getValueAtPercentile(50) / 1e6,
                times.getValueAtPercentile(99) / 1e6, usage, outcome.isWhole());
        Say.line(String.format(Locale.ROOT,
                "%,7.0f posts/s: %,9.0f deliveries/s, p50 %,6.1f ms, p99 %,7.1f ms, server %.2f, we %.2f%s", rate,
                step.deliveries(), step.p50(), step.p99(), usage.server(), usage.ours(), step.whole() ? "" : "; not all arrived"));
        usage.tell();
        if (!step.whole()) {
            gathering.again();
        }
        return step;
    }
}
