package parley.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.application.PendingCommands.Pending;
import parley.health.Started;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.lease.Leases;
import parley.lease.Task;
import parley.metrics.Metrics;
import parley.protocol.Problem;
import parley.room.Proposal;
import parley.threads.ManagedThreads;
import parley.threads.Unattended;

/**
 * Carries out changes after the commit of the application's transaction, and removes their rows. A change that can't be decided now, for
 * example because the database is away, stays, and holds the later ones of its room, so that the sweep does all of them in order. One
 * instance sweeps, a few seconds after the commit. A change may be carried out twice; the second time changes nothing.
 */
@ApplicationScoped
class CarryingOut {

    private static final Logger LOG = Logger.getLogger(CarryingOut.class.getName());
    private static final Duration REMOVAL = Duration.ofMillis(200);
    private static final Duration SWEEP = Duration.ofSeconds(2);
    /** Younger rows belong to the instance that stored them. */
    static final Duration PATIENCE = Duration.ofSeconds(5);
    /** The journal answers within this time. */
    private static final int ANSWER_SECONDS = 10;
    private static final int PAGE = 500;
    /** Changes on their way into the journal. Further ones wait in the table for the sweep. */
    private static final int MOST_UNDER_WAY = 10_000;

    private Function<Proposal, CompletableFuture<Receipt>> journal;
    private PendingCommands pending;
    private Leases leases;
    private ManagedThreads managed;
    private Metrics metrics;

    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
    private final Queue<Long> done = new ConcurrentLinkedQueue<>();
    /** Rooms with a change that the sweep has to do first, and when that became known. */
    private final Map<String, Instant> held = new ConcurrentHashMap<>();

    /** For the container's proxy. */
    protected CarryingOut() {
    }

    @Inject
    CarryingOut(Journal journal, PendingCommands pending, Leases leases, ManagedThreads managed, Metrics metrics) {
        this(journal::submit, pending, metrics);
        this.leases = leases;
        this.managed = managed;
    }

    CarryingOut(Function<Proposal, CompletableFuture<Receipt>> journal, PendingCommands pending, Metrics metrics) {
        this.journal = journal;
        this.pending = pending;
        this.metrics = metrics;
        List.of("done", "refused", "late").forEach(outcome -> count(outcome, 0));
        metrics.queue("application", MOST_UNDER_WAY, underWay::size, () -> Double.NaN);
    }

    void start(@Observes Started started) {
        managed.repeat("application commands", REMOVAL, this::removeDone);
        managed.repeat("application command sweep", SWEEP,
                () -> sweep(leases.take(Task.APPLICATIONS, SWEEP.multipliedBy(3)), Instant.now()));
    }

    /** Carries these out, in this order. Never waits. */
    void afterCommit(List<Pending> changes, Instant now) {
        for (Pending change : changes) {
            String room = change.change().proposal().room();
            if (held.containsKey(room) || underWay.size() >= MOST_UNDER_WAY) {
                held.put(room, now);
            } else {
                Unattended.log(carryOut(change), LOG, "A change of an application could not be carried out");
            }
        }
    }

    // Completes with whether the change needs nothing more.
    private CompletableFuture<Boolean> carryOut(Pending change) {
        Proposal proposal = change.change().proposal();
        underWay.add(change.id());
        return journal.apply(proposal).handle((receipt, failed) -> {
            if (failed != null || receipt instanceof Receipt.Refused(Problem problem) && problem.temporary()) {
                held.put(proposal.room(), Instant.now());
                underWay.remove(change.id());
                count("late", 1);
                return false;
            }
            if (receipt instanceof Receipt.Refused(Problem problem)) {
                LOG.log(Level.WARNING, "A change that {0} made in a transaction was refused after the commit, in room {1}: {2}",
                        new Object[] {proposal.by().id(), proposal.room(), problem.message()});
            }
            count(receipt instanceof Receipt.Refused ? "refused" : "done", 1);
            done.add(change.id());
            return true;
        });
    }

    /**
     * Does what instances left behind, one change after the other. Waits for the database and the journal.
     *
     * @param leased whether this instance does it for all
     */
    void sweep(boolean leased, Instant now) {
        if (!leased && held.isEmpty()) {
            return;
        }
        List<PendingCommands.Row> rows = pending.before(now.minus(PATIENCE), PAGE);
        if (rows.isEmpty()) {
            held.values().removeIf(since -> since.isBefore(now.minus(PATIENCE)));
        } else if (leased) {
            rows.removeIf(row -> underWay.contains(row.id()));
            sweep(rows);
        }
    }

    private void sweep(List<PendingCommands.Row> rows) {
        Set<String> waiting = new HashSet<>();
        for (PendingCommands.Row row : rows) {
            if (!(ServiceRequest.stored(row.command()) instanceof ServiceRequest.Change change)) {
                LOG.log(Level.WARNING, "The stored change {0} of an application can''t be read; it is dropped", row.id());
                done.add(row.id());
            } else if (!waiting.contains(change.proposal().room()) && !isDone(new Pending(row.id(), change))) {
                waiting.add(change.proposal().room());
            }
        }
    }

    private boolean isDone(Pending change) {
        try {
            return carryOut(change).get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException failed) {
            LOG.log(Level.WARNING, "A change of an application could not be carried out; this is tried again", failed);
        }
        return false;
    }

    /** Removes the rows of what is done. Waits for the database. */
    void removeDone() {
        List<Long> ids = new ArrayList<>();
        while (ids.size() < PAGE && !done.isEmpty()) {
            ids.add(done.remove());
        }
        if (ids.isEmpty()) {
            return;
        }
        try {
            pending.remove(ids);
            underWay.removeAll(ids);
        } catch (RuntimeException away) {
            done.addAll(ids);
            throw away;
        }
    }

    private void count(String outcome, int times) {
        metrics.count("parley_application_commands_total", "Changes that applications made in transactions, by outcome.", "outcome",
                outcome).add(times);
    }
}
