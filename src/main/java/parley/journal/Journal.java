package parley.journal;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import parley.metrics.Metrics;
import parley.room.Proposal;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;
import parley.tracing.Trace;

/**
 * The only way to change a room. Safe for every thread; {@link #submit} never waits. Its future completes on the writer's thread after the
 * commit; a refusal may also complete it on the caller's thread or on the thread that refuses proposals that have waited too long. Code
 * that runs on completion must be short.
 */
@ApplicationScoped
public class Journal {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private static final Duration PATIENCE_STEP = Duration.ofMillis(200);

    private List<Writer> writers;
    private Loop patience;

    /** For the container's proxy. */
    protected Journal() {
    }

    @Inject
    Journal(Settings settings, ManagedThreads managed, OptimisticCommits optimistic, GroupCommit commits, DecisionContexts contexts,
            Views views, RenewingEpoch epochs, Event<Committed> told, Event<LogsDoubted> doubts, Metrics metrics) {
        JournalMetrics measures = new JournalMetrics(metrics);
        writers = IntStream.range(0, settings.journal().writers()).mapToObj(n -> new Writer(settings,
                new Committing(optimistic.forWriter(), commits, contexts, views, epochs, told, doubts, measures))).toList();
        measures.watch(metrics, writers, settings.journal().queue());
        for (int i = 0; i < writers.size(); i++) {
            managed.start("journal-" + (i + 1), writers.get(i));
        }
        patience = managed.repeat("waiting commands", PATIENCE_STEP, this::refuseOverdue);
    }

    private void refuseOverdue() {
        long now = System.nanoTime();
        writers.forEach(writer -> writer.refuseOverdue(now));
    }

    /**
     * Decides this proposal and stores its changes. Refuses it as unavailable if the queue is full, if the database is unreachable or does
     * not answer within 5 s, or if the instance stops. If the database was slow or unreachable, the changes may be stored despite the
     * refusal; submitting the same proposal again is safe.
     *
     * @param address the address of the request, for the audit; null for the installation itself
     * @param trace records the commit and the delivery; the caller ends it
     */
    public CompletableFuture<Receipt> submit(Proposal proposal, String address, Trace trace) {
        return writers.get(Math.floorMod(proposal.room().hashCode(), writers.size())).submit(new Submission(proposal, address, trace));
    }

    /** The same for a proposal of the installation itself, which has no address and no trace. */
    public CompletableFuture<Receipt> submit(Proposal proposal) {
        return submit(proposal, null, Trace.NONE);
    }

    /** Waits until every submitted proposal is committed or refused, at most this long. */
    public void awaitIdle(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (writers.stream().anyMatch(Writer::isBusy) && System.nanoTime() < end) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Refuses new proposals, and waits up to 10 s for each writer to commit its queued ones. */
    @PreDestroy
    void stop() {
        writers.forEach(Writer::stop);
        writers.forEach(Writer::awaitEnd);
        patience.stop();
    }
}
