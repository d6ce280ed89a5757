package parley.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
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
 * The metrics of this application on this instance. Each metric has a help text, and the label {@code application}, because a server may
 * run several. Labels are given as name, value, name, value; a metric always has the same label names. Thread-safe.
 */
@ApplicationScoped
public class Metrics {

    /** The content type of {@link #write}. */
    public static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    // Up to 10 s: a command waits 5 s at most, an HTTP request slightly longer.
    private static final double[] DURATION_BUCKETS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double[] SIZE_BUCKETS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

    private record Source(String[] labels, DoubleSupplier value) {}

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Labels application = Labels.of("application", applicationName());
    private final Map<String, io.prometheus.metrics.core.metrics.Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, io.prometheus.metrics.core.metrics.Histogram> histograms = new ConcurrentHashMap<>();
    private final Map<String, List<Source>> sources = new ConcurrentHashMap<>();

    /** Returns the counter with this name and these labels; the first call registers it at 0. The name ends with {@code _total}. */
    public Counter count(String name, String help, String... labels) {
        var counter = counters.computeIfAbsent(name, first -> io.prometheus.metrics.core.metrics.Counter.builder().name(name).help(help)
                .constLabels(application).labelNames(elements(labels, 0)).withoutExemplars().register(registry));
        return new Counter(counter.labelValues(elements(labels, 1)));
    }

    /** Registers a counter whose value is read at each scrape; NaN hides it. */
    public void count(String name, String help, DoubleSupplier value, String... labels) {
        register(name, value, labels, all -> CounterWithCallback.builder().name(name).help(help).constLabels(application)
                .labelNames(elements(labels, 0)).callback(sink -> all.forEach(source -> emit(source, sink::call))).register(registry));
    }

    /** Registers a gauge whose value is read at each scrape; NaN hides it. */
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        register(name, value, labels, all -> GaugeWithCallback.builder().name(name).help(help).constLabels(application)
                .labelNames(elements(labels, 0)).callback(sink -> all.forEach(source -> emit(source, sink::call))).register(registry));
    }

    /**
     * Registers the three metrics of a bounded queue.
     *
     * @param queue its name, from a closed list
     * @param oldest how long its oldest element has waited, in nanoseconds; 0 if it is empty, NaN if unknown
     */
    public void queue(String queue, int capacity, DoubleSupplier length, DoubleSupplier oldest) {
        gauge("parley_queue_length", "Elements in the queue.", length, "queue", queue);
        gauge("parley_queue_capacity", "Maximum number of elements in the queue. Further ones are refused.", () -> capacity,
                "queue", queue);
        gauge("parley_queue_oldest_seconds", "How long the oldest element of the queue has waited, 0 when it is empty.",
                () -> oldest.getAsDouble() / Histogram.SECOND, "queue", queue);
    }

    /** Returns a histogram of durations. The name ends with {@code _seconds}. */
    public Histogram times(String name, String help, String... labels) {
        return histogram(name, help, DURATION_BUCKETS, labels);
    }

    /** Returns a histogram of sizes, with buckets up to 1,000. */
    public Histogram sizes(String name, String help, String... labels) {
        return histogram(name, help, SIZE_BUCKETS, labels);
    }

    /** Registers constant facts about the application, as labels. The name ends with {@code _info}. */
    public void info(String name, String help, String... labels) {
        Info.builder().name(name).help(help).constLabels(application).labelNames(elements(labels, 0)).register(registry)
                .setLabelValues(elements(labels, 1));
    }

    /** Writes all metrics in the text format of Prometheus, in UTF-8. */
    public void write(OutputStream out) throws IOException {
        writer.write(out, registry.scrape());
    }

    private Histogram histogram(String name, String help, double[] buckets, String... labels) {
        var histogram = histograms.computeIfAbsent(name, first -> io.prometheus.metrics.core.metrics.Histogram.builder()
                .name(name).help(help).constLabels(application).labelNames(elements(labels, 0))
                .classicOnly().classicUpperBounds(buckets).withoutExemplars().register(registry));
        return new Histogram(histogram.labelValues(elements(labels, 1)));
    }

    private interface Registration {
        void register(List<Source> all);
    }

    // A later source with the same labels replaces the earlier one.
    private void register(String name, DoubleSupplier value, String[] labels, Registration registration) {
        List<Source> existing = sources.computeIfAbsent(name, first -> {
            List<Source> all = new CopyOnWriteArrayList<>();
            registration.register(all);
            return all;
        });
        Source source = new Source(elements(labels, 1), value);
        existing.removeIf(earlier -> Arrays.equals(earlier.labels(), source.labels()));
        existing.add(source);
    }

    private interface Sink {
        void call(double value, String... labels);
    }

    // A source that fails must not hide the others.
    private static void emit(Source source, Sink sink) {
        double value;
        try {
            value = source.value().getAsDouble();
        } catch (RuntimeException failed) {
            return;
        }
        if (!Double.isNaN(value)) {
            sink.call(value, source.labels());
        }
    }

    // Returns the first (0) or the second (1) element of each pair.
    private static String[] elements(String[] pairs, int index) {
        String[] elements = new String[pairs.length / 2];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = pairs[2 * i + index];
        }
        return elements;
    }

    private static String applicationName() {
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException outsideAServer) {
            return "parley";
        }
    }
}
