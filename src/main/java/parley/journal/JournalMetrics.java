package parley.journal;

import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Histogram;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * What the journal counts: events stored, proposals a batch, time a commit, batches that had to be decided again. Time
 * is a histogram of microseconds, because this server exports a timer's quantiles in nanoseconds under a name of seconds.
 */
final class JournalMetrics {

    private final Counter events;
    private final Counter redone;
    private final Histogram batch;
    private final Histogram commit;

    JournalMetrics(MetricRegistry metrics) {
        events = metrics.counter("parley_events_total");
        redone = metrics.counter("parley_journal_batches_redone_total");
        batch = metrics.histogram("parley_journal_batch_size");
        commit = metrics.histogram("parley_journal_commit_time_microseconds");
    }

    void committed(int proposals, int stored, long nanos) {
        batch.update(proposals);
        commit.update(nanos / 1_000);
        events.inc(stored);
    }

    void redone() {
        redone.inc();
    }
}
