package parley.bench;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Deliveries per second under closed-loop load with a fixed number of messages in flight. The median of several samples, preferring
 * samples in which no other process disturbed the server. The server may refuse a few posts while most listeners are late.
 *
 * @param p50 median delivery latency in milliseconds; {@code p99} likewise
 */
record Throughput(double deliveries, double p50, double p99, CpuMeter.Usage usage) {

    private static final Duration WARM_UP = ofSeconds(15);
    private static final Duration SETTLE = ofSeconds(1);
    private static final Duration SAMPLE = ofSeconds(10);
    private static final int SAMPLES = 3;
    private static final int MAX_SAMPLES = 6;

    /** Measures with this many messages in flight in total; takes about a minute. */
    static Throughput of(ServerUnderTest target, RoomLayout layout, int inFlight) {
        Console.progress(target, layout);
        try (var connected = new ConnectedRooms(target, layout)) {
            int each = inFlight / (layout.rooms() * layout.posters());
            connected.inFlight(each, SETTLE, WARM_UP).requireDelivered();
            List<Throughput> all = new ArrayList<>();
            List<Throughput> undisturbed = new ArrayList<>();
            while (undisturbed.size() < SAMPLES && all.size() < MAX_SAMPLES) {
                Throughput sample = sample(target, connected, each);
                all.add(sample);
                if (!sample.usage.disturbed()) {
                    undisturbed.add(sample);
                }
            }
            return median(undisturbed.isEmpty() ? all : undisturbed);
        }
    }

    private static Throughput sample(ServerUnderTest target, ConnectedRooms connected, int each) {
        var meter = new CpuMeter(target);
        Load.Outcome outcome = connected.inFlight(each, SETTLE, SAMPLE).requireDelivered();
        var times = outcome.results().deliveries();
        var sample = new Throughput(outcome.deliveriesPerSecond(), times.getValueAtPercentile(50) / 1e6,
                times.getValueAtPercentile(99) / 1e6,
                meter.read());
        Console.print(String.format(Locale.ROOT,
                "%,9.0f deliveries/s, p50 %,6.1f ms, p99 %,7.1f ms, server %.2f, client %.2f, idle %.2f; %,d refused",
                sample.deliveries, sample.p50, sample.p99, sample.usage.server(), sample.usage.client(), sample.usage.idle(),
                outcome.results().refused()));
        sample.usage.warnIfDisturbed();
        return sample;
    }

    private static Throughput median(List<Throughput> samples) {
        return samples.stream().sorted(Comparator.comparingDouble(Throughput::deliveries)).toList().get(samples.size() / 2);
    }
}
