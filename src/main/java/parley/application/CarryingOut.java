package parley.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * example because the database is away, stays; then the later ones of its room stay too, so that the sweep does them in order. One instance
 * sweeps, a few seconds after the commit. A change may be carried out twice; the second time changes nothing.
 */
@ApplicationScoped
class CarryingOut {

    private static final Logger LOG = Logger.getLogger(CarryingOut.class.getName());
    private static final Duration REMOVAL = Duration.ofMillis(200);
    private static final Duration SWEEP = Duration.ofSeconds(2);
    /** Younger rows belong to the instance that stored them. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int PAGE = 500;
    /** Changes on their way into the journal. More wait in the table for the sweep. */
    private static final int MOST_UNDER_WAY = 10_000;

    @Inject
    private ManagedThreads managed;
    @Inject
    private Leases leases;
    @Inject
    private PendingCommands pending;
    @Inject
    private Journal journal;
    @Inject
    private Metrics metrics;

    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
    private final Queue<Long> done = new ConcurrentLinkedQueue<>();
    /** Rooms with a change that the sweep has to do first. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    void start(@Observes Started started) {
        List.of("done", "refused", "late").forEach(outcome -> count(outcome, 0));
        metrics.queue("application commands", MOST_UNDER_WAY, underWay::size, () -> Double.NaN);
        managed.repeat("application commands", REMOVAL, this::removeDone);
        managed.repeat("application command sweep", SWEEP, () -> sweep(Instant.now()));
    }

    /** Carries these out, in this order. Never waits. */
    void afterCommit(List<Pending> changes) {
        for (Pending change : changes) {
            if (held.contains(change.change().proposal().room()) || underWay.size() >= MOST_UNDER_WAY) {
                held.add(change.change().proposal().room());
            } else {
                carryOut(change);
            }
        }
    }

    private void carryOut(Pending pendingChange) {
        if (!underWay.add(pendingChange.id())) {
            return;
        }
        Proposal proposal = pendingChange.change().proposal();
        Unattended.log(journal.submit(proposal).whenComplete((receipt, failed) -> {
            if (failed != null || receipt instanceof Receipt.Refused(Problem problem) && problem.temporary()) {
                held.add(proposal.room());
                underWay.remove(pendingChange.id());
                count("late", 1);
            } else {
                ended(pendingChange, receipt);
            }
        }), LOG, "A change of an application could not be carried out");
    }

    private void ended(Pending pendingChange, Receipt receipt) {
        Proposal proposal = pendingChange.change().proposal();
        if (receipt instanceof Receipt.Refused(Problem problem)) {
            LOG.log(Level.WARNING, "A change that {0} made in a transaction was refused after the commit, in room {1}: {2}",
                    new Object[] {proposal.by().id(), proposal.room(), problem.message()});
        }
        count(receipt instanceof Receipt.Refused ? "refused" : "done", 1);
        done.add(pendingChange.id());
    }

    /** Waits for the database. */
    void sweep(Instant now) {
        if (!leases.take(Task.APPLICATIONS, SWEEP.multipliedBy(3))) {
            held.clear();
            return;
        }
        List<PendingCommands.Row> rows = pending.before(now.minus(PATIENCE), PAGE);
        for (PendingCommands.Row row : rows) {
            if (ServiceRequest.stored(row.command()) instanceof ServiceRequest.Change change) {
                carryOut(new Pending(row.id(), change));
            } else {
                LOG.log(Level.WARNING, "The stored change {0} of an application can''t be read; it is dropped", row.id());
                done.add(row.id());
            }
        }
        if (rows.isEmpty()) {
            held.clear();
        }
    }

    private void removeDone() {
        List<Long> ids = new ArrayList<>();
        for (Long id = done.poll(); id != null && ids.size() < PAGE; id = done.poll()) {
            ids.add(id);
        }
        if (!ids.isEmpty()) {
            try {
                pending.remove(ids);
                underWay.removeAll(ids);
            } catch (RuntimeException away) {
                done.addAll(ids);
                throw away;
            }
        }
    }

    private void count(String outcome, int times) {
        metrics.count("parley_application_commands_total", "Changes that applications made in transactions, by outcome.", "outcome",
                outcome).add(times);
    }
}
