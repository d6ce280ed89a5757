package parley.journal;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import parley.metrics.Metrics;
import parley.room.Proposal;
import parley.settings.Settings;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;
import parley.tracing.Trace;

/**
 * The only way to change a room. Safe for every thread; {@link #submit} never waits. The future completes after the commit on the
 * writer's thread, or with a refusal on the caller's or a watch's thread. What depends on it must be short.
 */
@ApplicationScoped
public class Journal {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private static final Duration PATIENCE_STEP = Duration.ofMillis(200);

    private List<Writer> writers;
    private Thread patience;

    /** For the container's proxy. */
    protected Journal() {
    }

    @Inject
    Journal(Settings settings, ManagedThreads managed, GroupCommit commits, DecisionContexts contexts, Views views, RenewingEpoch epochs,
            Event<Committed> told, Metrics metrics) {
        JournalMetrics measures = new JournalMetrics(metrics);
        ThreadFactory threads = managed.named("parley-journal");
        writers = IntStream.range(0, settings.journal().writers())
                .mapToObj(n -> new Writer(settings, commits, contexts, views, epochs, told, measures)).toList();
        measures.watch(metrics, writers, settings.journal().queue());
        writers.forEach(writer -> threads.newThread(writer).start());
        patience = managed.named("parley-patience")
                .newThread(new PeriodicTask("waiting commands", PATIENCE_STEP, this::refuseWhoWaitsTooLong));
        patience.start();
    }

    private void refuseWhoWaitsTooLong() {
        long now = System.nanoTime();
        writers.forEach(writer -> writer.refuseWhoWaitsTooLong(now));
    }

    /**
     * Decides this proposal and stores its changes. Refuses it as unavailable if the queue is full, if the database is unreachable
     * or does not answer within 5 s, or if the instance stops. After a refusal the changes may still be stored; submitting the same
     * proposal again is safe.
     *
     * @param address the address of the request, for the audit
     * @param trace gets the commit and the delivery; the caller ends it
     */
    public CompletableFuture<Receipt> submit(Proposal proposal, String address, Trace trace) {
        return writers.get(Math.floorMod(proposal.room().hashCode(), writers.size())).submit(new Submission(proposal, address, trace));
    }

    /** The same for what the installation itself proposes. */
    public CompletableFuture<Receipt> submit(Proposal proposal) {
        return submit(proposal, null, Trace.NONE);
    }

    /** Waits until the queues are empty, at most this long. */
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

    /** Refuses new proposals and stops after committing the queued ones, or after 10 s. */
    @PreDestroy
    void stop() {
        writers.forEach(Writer::stop);
        writers.forEach(Writer::awaitEnd);
        patience.interrupt();
    }
}
