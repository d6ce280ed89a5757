package parley.bench;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.Locale;

/**
 * Finds the highest rate of deliveries per second with a p99 of at most 100 ms, and measures half of it. The load doubles until p99
 * exceeds 250 ms; then a binary search narrows the range between the last good and the first bad rate.
 */
final class Capacity {

    static final double GOOD_MILLIS = 100;
    private static final double STOP_MILLIS = 250;
    private static final int SEARCH_STEPS = 4;
    // A JVM on one core needs long for compilation.
    private static final Duration WARM_UP = ofSeconds(20);
    private static final Duration SETTLE = Duration.ofMillis(700);
    private static final Duration SAMPLE = ofSeconds(3);
    private static final Duration LONG_SAMPLE = ofSeconds(5);

    /**
     * The result at one rate.
     *
     * @param posts    offered rate per second
     * @param usage    CPU usage
     * @param complete whether all messages arrived
     */
    record Step(double posts, double deliveries, double p50, double p99, CpuMeter.Usage usage, boolean complete) {

        double share() {
            return usage.server();
        }

        boolean within(double millis) {
            return complete && p99 <= millis;
        }
    }

    /** The best rate within 100 ms, and half of it. */
    record Found(Step best, Step half) {}

    private final ServerUnderTest target;
    private final ConnectedRooms connected;

    private Capacity(ServerUnderTest target, ConnectedRooms connected) {
        this.target = target;
        this.connected = connected;
    }

    /** Runs the search; takes about a minute. */
    static Found of(ServerUnderTest target, RoomLayout layout, double firstRate) {
        Console.progress(target, layout);
        try (var connected = new ConnectedRooms(target, layout)) {
            connected.warmUp(WARM_UP);
            return new Capacity(target, connected).find(firstRate);
        }
    }

    /** Measures a single rate. */
    static Step at(ServerUnderTest target, RoomLayout layout, double rate) {
        Console.progress(target, layout);
        try (var connected = new ConnectedRooms(target, layout)) {
            var capacity = new Capacity(target, connected);
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
            step = step(rate, SAMPLE);
            if (bad == 0 && step.within(GOOD_MILLIS)) {
                good = step;
            } else if (bad == 0) {
                bad = rate;
            }
            rate *= 2;
        } while (step.within(STOP_MILLIS));
        for (rate = firstRate / 2; good == null; rate /= 2) {
            good = lower(rate);
        }
        for (int i = 0; i < SEARCH_STEPS; i++) {
            step = step(Math.sqrt(good.posts() * bad), LONG_SAMPLE);
            if (step.within(GOOD_MILLIS)) {
                good = step;
            } else {
                bad = step.posts();
            }
        }
        return new Found(good, step(good.posts() / 2, ofSeconds(8)));
    }

    // For a first rate that was too high; null while the rate is still too high.
    private Step lower(double rate) {
        if (rate < 1) {
            throw new BenchFailed(target.name() + " exceeds 100 ms at any rate");
        }
        Step step = step(rate, SAMPLE);
        return step.within(GOOD_MILLIS) ? step : null;
    }

    // A bad result is measured again, and a third time if another process used the server's core.
    private Step step(double rate, Duration span) {
        Step best = once(rate, span);
        for (int tries = 1; !best.within(GOOD_MILLIS) && (tries < 2 || tries < 3 && best.usage().disturbed()); tries++) {
            Step again = once(rate, span);
            best = again.complete() && (!best.complete() || again.p99() < best.p99()) ? again : best;
        }
        return best;
    }

    private Step once(double rate, Duration span) {
        var meter = new CpuMeter(target);
        Load.Outcome outcome = connected.atRate(rate, SETTLE, span);
        CpuMeter.Usage usage = meter.read();
        var times = outcome.results().deliveries();
        var step = new Step(rate, outcome.deliveriesPerSecond(), times.getValueAtPercentile(50) / 1e6,
                times.getValueAtPercentile(99) / 1e6, usage, outcome.isComplete());
        Console.print(String.format(Locale.ROOT,
                "%,7.0f posts/s: %,9.0f deliveries/s, p50 %,6.1f ms, p99 %,7.1f ms, server %.2f, client %.2f%s", rate,
                step.deliveries(), step.p50(), step.p99(), usage.server(), usage.client(), step.complete() ? "" : "; messages missing"));
        usage.warnIfDisturbed();
        if (!step.complete()) {
            connected.reconnect();
        }
        return step;
    }
}
