package parley.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void aFailingGaugeHidesNoOther() throws IOException {
        metrics.gauge("parley_broken", "Fails.", () -> {
            throw new IllegalStateException("broken");
        });
        metrics.gauge("parley_unknown", "Is not known.", () -> Double.NaN);
        metrics.gauge("parley_known", "Is known.", () -> 3);
        assertThat(written()).contains("parley_known{application=\"parley\"} 3.0").doesNotContain("parley_broken{", "parley_unknown{");
    }

    @Test
    void theLatestGaugeWithTheSameLabelsReplacesEarlierOnes() throws IOException {
        metrics.queue("reader", 10, () -> 1, () -> 0);
        metrics.queue("reader", 10, () -> 2, () -> 0);
        metrics.queue("journal", 10, () -> 3, () -> 0);
        assertThat(written()).contains("parley_queue_length{application=\"parley\",queue=\"reader\"} 2.0")
                .contains("parley_queue_length{application=\"parley\",queue=\"journal\"} 3.0").doesNotContain("queue=\"reader\"} 1.0");
    }

    @Test
    void sharesACounterByNameAndLabels() throws IOException {
        metrics.count("parley_seen_total", "Seen.", "what", "a").increment();
        metrics.count("parley_seen_total", "Seen.", "what", "a").add(2);
        assertThat(written()).contains("# HELP parley_seen_total Seen.", "# TYPE parley_seen_total counter",
                "parley_seen_total{application=\"parley\",what=\"a\"} 3.0");
    }

    @Test
    void recordsTimesInSeconds() throws IOException {
        metrics.times("parley_work_seconds", "Work.").recordNanos(20_000_000);
        assertThat(written()).contains("parley_work_seconds_bucket{application=\"parley\",le=\"0.01\"} 0",
                "parley_work_seconds_bucket{application=\"parley\",le=\"0.025\"} 1",
                "parley_work_seconds_sum{application=\"parley\"} 0.02");
    }

    // A thread would keep the application's class loader in memory after undeployment.
    @Test
    void startsNoThread() {
        metrics.times("parley_work_seconds", "Work.").recordNanos(1);
        metrics.count("parley_seen_total", "Seen.").increment();
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).noneMatch(name -> name.contains("prometheus"));
    }

    private String written() throws IOException {
        var out = new ByteArrayOutputStream();
        metrics.write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
