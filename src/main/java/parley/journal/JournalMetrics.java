package parley.journal;

import java.util.List;
import parley.metrics.Counter;
import parley.metrics.Histogram;
import parley.metrics.Metrics;

/** Metrics of the journal: events, batch sizes, commit times, repeated and failed batches, and the queues. */
final class JournalMetrics {

    private static final double MILLIS = 1_000;

    private final Counter events;
    private final Counter single;
    private final Counter redone;
    private final Counter failed;
    private final Histogram batch;
    private final Histogram commit;
    private volatile double committedAt = Double.NaN;

    JournalMetrics(Metrics metrics) {
        events = metrics.count("parley_events_total", "Events committed.");
        single = metrics.count("parley_journal_single_statements_total", "Transactions that were one statement without locks.");
        redone = metrics.count("parley_journal_batches_redone_total",
                "Transactions that the database refused and that were decided again.");
        failed = metrics.count("parley_journal_batches_failed_total",
                "Transactions that failed because the database could not be reached.");
        batch = metrics.sizes("parley_journal_batch_size", "Commands that one transaction committed.");
        commit = metrics.times("parley_journal_commit_seconds", "The time of a transaction, from its begin to its commit.");
        metrics.gauge("parley_journal_last_commit_timestamp_seconds",
                "When a transaction was committed last, since 1970.", () -> committedAt);
    }

    /** Publishes the size of the fullest queue and the longest wait of all writers. */
    void watch(Metrics metrics, List<Writer> writers, int capacity) {
        metrics.queue("journal", capacity, () -> writers.stream().mapToInt(Writer::waiting).max().orElse(0),
                () -> writers.stream().mapToLong(Writer::oldest).max().orElse(0));
    }

    void committed(int proposals, int stored, long nanos) {
        batch.record(proposals);
        commit.recordNanos(nanos);
        events.add(stored);
        committedAt = System.currentTimeMillis() / MILLIS;
    }

    void singleStatement() {
        single.increment();
    }

    void redone() {
        redone.increment();
    }

    void failed() {
        failed.increment();
    }
}
