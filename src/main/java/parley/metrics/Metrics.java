package parley.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * All figures of this application on this instance. Each has a help text, and the application's name as a label, because a server may
 * have several. Labels are pairs of name and value; a metric always has the same label names. Safe for every thread.
 */
@ApplicationScoped
public class Metrics {

    /** The media type of what {@link #write} writes. */
    public static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    // Up to 10 s: a command waits 5 s at most, a request somewhat longer.
    private static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double[] COUNTS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

    private record Reading(String[] labels, DoubleSupplier now) {}

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Labels application = Labels.of("application", applicationName());
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();
    private final Map<String, List<Reading>> readings = new ConcurrentHashMap<>();

    /** A count that begins at 0. The name ends with {@code _total}. */
    public Count count(String name, String help, String... labels) {
        return new Count(counters.computeIfAbsent(name, first -> Counter.builder().name(name).help(help).constLabels(application)
                .labelNames(every(labels, 0)).withoutExemplars().register(registry)).labelValues(every(labels, 1)));
    }

    /** A count that somebody else keeps. */
    public void count(String name, String help, DoubleSupplier soFar, String... labels) {
        read(name, soFar, labels, all -> CounterWithCallback.builder().name(name).help(help).constLabels(application)
                .labelNames(every(labels, 0)).callback(told -> all.forEach(one -> tell(one, told::call))).register(registry));
    }

    /** A value that goes up and down, asked for when somebody reads the metrics; NaN where there is none. */
    public void gauge(String name, String help, DoubleSupplier now, String... labels) {
        read(name, now, labels, all -> GaugeWithCallback.builder().name(name).help(help).constLabels(application)
                .labelNames(every(labels, 0)).callback(told -> all.forEach(one -> tell(one, told::call))).register(registry));
    }

    /**
     * A queue, told in the same words as every other.
     *
     * @param queue its name, one of a few
     * @param oldest nanoseconds that the oldest in it has waited: 0 when it is empty, NaN when nobody knows
     */
    public void queue(String queue, int capacity, DoubleSupplier length, DoubleSupplier oldest) {
        gauge("parley_queue_length", "What waits in a queue.", length, "queue", queue);
        gauge("parley_queue_capacity", "What may wait in a queue. More is refused.", () -> capacity, "queue", queue);
        gauge("parley_queue_oldest_seconds", "How long the oldest in a queue has waited, 0 when it is empty.",
                () -> oldest.getAsDouble() / Distribution.SECOND, "queue", queue);
    }

    /** How long something takes. The name ends with {@code _seconds}. */
    public Distribution times(String name, String help, String... labels) {
        return distribution(name, help, SECONDS, labels);
    }

    /** How many of something there are at once. */
    public Distribution sizes(String name, String help, String... labels) {
        return distribution(name, help, COUNTS, labels);
    }

    /** What does not change while the application runs. The name ends with {@code _info}. */
    public void info(String name, String help, String... labels) {
        Info.builder().name(name).help(help).constLabels(application).labelNames(every(labels, 0)).register(registry)
                .setLabelValues(every(labels, 1));
    }

    /** Writes all of it in the text format of Prometheus, in UTF-8. */
    public void write(OutputStream out) throws IOException {
        writer.write(out, registry.scrape());
    }

    private Distribution distribution(String name, String help, double[] bounds, String... labels) {
        return new Distribution(histograms.computeIfAbsent(name, first -> Histogram.builder().name(name).help(help).constLabels(application)
                .labelNames(every(labels, 0)).classicOnly().classicUpperBounds(bounds).withoutExemplars().register(registry))
                .labelValues(every(labels, 1)));
    }

    private interface Registration {
        void of(List<Reading> all);
    }

    // A second reading with the same labels takes the place of the first.
    private void read(String name, DoubleSupplier now, String[] labels, Registration registration) {
        List<Reading> there = readings.computeIfAbsent(name, first -> {
            List<Reading> all = new CopyOnWriteArrayList<>();
            registration.of(all);
            return all;
        });
        Reading reading = new Reading(every(labels, 1), now);
        there.removeIf(before -> Arrays.equals(before.labels(), reading.labels()));
        there.add(reading);
    }

    private interface Told {
        void call(double value, String... labels);
    }

    // One that fails must not hide the others.
    private static void tell(Reading reading, Told told) {
        double value;
        try {
            value = reading.now().getAsDouble();
        } catch (RuntimeException unknown) {
            return;
        }
        if (!Double.isNaN(value)) {
            told.call(value, reading.labels());
        }
    }

    // The first or the second of each pair.
    private static String[] every(String[] pairs, int which) {
        String[] some = new String[pairs.length / 2];
        for (int i = 0; i < some.length; i++) {
            some[i] = pairs[2 * i + which];
        }
        return some;
    }

    private static String applicationName() {
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException outsideOfAServer) {
            return "parley";
        }
    }
}
