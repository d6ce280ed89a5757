package parley.journal;

import java.time.Duration;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Timer;

/** What the journal counts: events stored, proposals a batch, time a commit, batches that had to be decided again. */
final class JournalMetrics {

    private final Counter events;
    private final Counter redone;
    private final Histogram batch;
    private final Timer commit;

    JournalMetrics(MetricRegistry metrics) {
        events = metrics.counter("parley_events_total");
        redone = metrics.counter("parley_journal_batches_redone_total");
        batch = metrics.histogram("parley_journal_batch_size");
        commit = metrics.timer("parley_journal_commit_time");
    }

    void committed(int proposals, int stored, long nanos) {
        batch.update(proposals);
        commit.update(Duration.ofNanos(nanos));
        events.inc(stored);
    }

    void redone() {
        redone.inc();
    }
}
