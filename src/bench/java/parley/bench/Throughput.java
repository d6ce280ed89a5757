package parley.bench;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How many deliveries a second a server makes when it always has as much to do: so many messages are under way, and who has the
 * answer to one sends the next. The middle one of several looks, and of those in which the machine was ours if there are any.
 *
 * @param p50 milliseconds from a message's sending to a guest who gets it, half of them at most; {@code p99} likewise
 */
record Throughput(double deliveries, double p50, double p99, Meter.Usage usage) {

    private static final Duration WARM_UP = ofSeconds(15);
    private static final Duration SETTLE = ofSeconds(1);
    private static final Duration LOOK = ofSeconds(10);
    private static final int LOOKS = 3;
    private static final int MOST_LOOKS = 6;

    /** Measures it, with so many messages under way in all; about a minute. */
    static Throughput of(Subject subject, Shape shape, int underWay) {
        Say.progress(subject, shape);
        try (var gathering = new Gathering(subject, shape)) {
            int each = underWay / (shape.rooms() * shape.posters());
            gathering.inFlight(each, SETTLE, WARM_UP).wasWhole();
            List<Throughput> all = new ArrayList<>();
            List<Throughput> ours = new ArrayList<>();
            while (ours.size() < LOOKS && all.size() < MOST_LOOKS) {
                Throughput look = look(subject, gathering, each);
                all.add(look);
                if (!look.usage.disturbed()) {
                    ours.add(look);
                }
            }
            return middle(ours.isEmpty() ? all : ours);
        }
    }

    private static Throughput look(Subject subject, Gathering gathering, int each) {
        var meter = new Meter(subject);
        Load.Outcome outcome = gathering.inFlight(each, SETTLE, LOOK).wasWhole();
        var times = outcome.tally().deliveries();
        var look = new Throughput(outcome.deliveriesPerSecond(), times.getValueAtPercentile(50) / 1e6, times.getValueAtPercentile(99) / 1e6,
                meter.read());
        Say.line(String.format(Locale.ROOT, "%,9.0f deliveries/s, p50 %,6.1f ms, p99 %,7.1f ms, server %.2f, we %.2f, idle %.2f", look.deliveries, look.p50,
                look.p99, look.usage.server(), look.usage.ours(), look.usage.idle()));
        look.usage.tell();
        return look;
    }

    private static Throughput middle(List<Throughput> looks) {
        return looks.stream().sorted(Comparator.comparingDouble(Throughput::deliveries)).toList().get(looks.size() / 2);
    }
}
