package parley.journal;

import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import parley.protocol.Problem;
import parley.room.DecisionContext;
import parley.sql.DatabaseFailure;

/**
 * Commits the batches of one writer: what can be is committed with one statement ({@link OptimisticCommit}), the rest under locks ({@link
 * GroupCommit}). A batch that the database refuses is decided again, and then each proposal alone. After each commit, observers are
 * notified and receipts completed. For the writer's thread.
 */
final class Committing {

    private static final Logger LOG = Logger.getLogger(Committing.class.getName());

    private final OptimisticCommit optimistic;
    private final GroupCommit commits;
    private final DecisionContexts contexts;
    private final Views views;
    private final RenewingEpoch epochs;
    private final Event<Committed> told;
    private final Event<LogsDoubted> doubts;
    private final JournalMetrics metrics;

    Committing(OptimisticCommit optimistic, GroupCommit commits, DecisionContexts contexts, Views views, RenewingEpoch epochs,
               Event<Committed> told, Event<LogsDoubted> doubts, JournalMetrics metrics) {
        this.optimistic = optimistic;
        this.commits = commits;
        this.contexts = contexts;
        this.views = views;
        this.epochs = epochs;
        this.told = told;
        this.doubts = doubts;
        this.metrics = metrics;
    }

    /** Commits a batch and completes its receipts. Returns the submissions whose room another transaction had locked. */
    List<Waiting> commit(List<Waiting> batch) {
        try {
            // A view with many members takes long to load, so it is loaded before the heads are locked.
            batch.stream().map(Waiting::room).distinct().forEach(views::load);
        } catch (RuntimeException | Error failed) {
            return redo(batch, failed);
        }
        if (!optimistic.canCommit(batch)) {
            return commitUnderLocks(batch);
        }
        try {
            GroupCommit.Result result = transact(batch, submissions -> optimistic.commit(submissions, contexts.remembered()));
            if (!result.committed().rooms().isEmpty()) {
                metrics.singleStatement();
            }
            List<Waiting> left = complete(batch, result);
            return left.isEmpty() ? left : commitUnderLocks(left);
        } catch (RuntimeException | Error refused) {
            return redoUnderLocks(batch, refused);
        }
    }

    private List<Waiting> commitUnderLocks(List<Waiting> batch) {
        try {
            return commit(batch, contexts.remembered());
        } catch (RuntimeException | Error refused) {
            return redo(batch, refused);
        }
    }

    // The writer's connection may have broken after the database stored the batch, so the certain context decides what is new.
    private List<Waiting> redoUnderLocks(List<Waiting> batch, Throwable refused) {
        if (DatabaseFailure.concernsData(refused)) {
            return redo(batch, refused);
        }
        LOG.log(Level.WARNING, "A journal writer lost its connection and uses the pool: {0}", DatabaseFailure.message(refused));
        doubt(batch);
        optimistic.databaseFailed();
        List<Waiting> open = batch.stream().filter(waiting -> !waiting.isDone()).toList();
        try {
            return open.isEmpty() ? open : commit(open, contexts.certain());
        } catch (RuntimeException | Error again) {
            return redo(open, again);
        }
    }

    /** The writer ends. */
    void close() {
        optimistic.close();
    }

    // If a batch failed because of its data or a defect, decides it again with the certain context. If that fails too, commits each
    // proposal alone, so that only the faulty one fails.
    private List<Waiting> redo(List<Waiting> batch, Throwable refused) {
        if (!DatabaseFailure.concernsData(refused)) {
            LOG.log(Level.WARNING, "The database can''t be written to: {0}", DatabaseFailure.message(refused));
            metrics.failed();
            doubt(batch);
            batch.forEach(waiting -> waiting.refuse("The database can't be reached."));
            return List.of();
        }
        metrics.redone();
        try {
            return commit(batch, contexts.certain());
        } catch (RuntimeException | Error again) {
            return commitEachAlone(batch);
        }
    }

    private List<Waiting> commitEachAlone(List<Waiting> batch) {
        List<Waiting> locked = new ArrayList<>();
        Set<String> lockedRooms = new HashSet<>();
        for (Waiting waiting : batch) {
            // What follows in a locked room waits too, to keep the order of the room.
            if (lockedRooms.contains(waiting.room()) || !commitAlone(waiting).isEmpty()) {
                lockedRooms.add(waiting.room());
                locked.add(waiting);
            }
        }
        return locked;
    }

    private List<Waiting> commitAlone(Waiting waiting) {
        if (waiting.isDone()) {
            // It was refused meanwhile, because it waited too long.
            return List.of();
        }
        try {
            return commit(List.of(waiting), contexts.certain());
        } catch (RuntimeException | Error refused) {
            LOG.log(Level.SEVERE, "A command could not be stored", refused);
            waiting.receipt().complete(new Receipt.Refused(Problem.internal()));
            return List.of();
        }
    }

    private List<Waiting> commit(List<Waiting> batch, DecisionContext context) {
        GroupCommit.Result result = transactAndRenewEpochs(batch, context);
        optimistic.databaseWorks();
        return complete(batch, result);
    }

    private List<Waiting> complete(List<Waiting> batch, GroupCommit.Result result) {
        long start = System.nanoTime();
        tell(result.found());
        tell(result.committed());
        long end = System.nanoTime();
        List<Waiting> locked = new ArrayList<>(0);
        for (int i = 0; i < batch.size(); i++) {
            Waiting waiting = batch.get(i);
            if (result.locked().contains(waiting.room())) {
                locked.add(waiting);
                continue;
            }
            Receipt receipt = result.receipts().get(i);
            if (receipt instanceof Receipt.Committed) {
                waiting.submission().trace().deliver(start, end);
            }
            waiting.receipt().complete(receipt);
        }
        return locked;
    }

    // If the database lost commits, renews the epochs of those rooms, which drops all memory of the lost events, and tries again.
    private GroupCommit.Result transactAndRenewEpochs(List<Waiting> batch, DecisionContext context) {
        try {
            return transact(batch, submissions -> commits.commit(submissions, context));
        } catch (LogSetBack lost) {
            lost.known().forEach(epochs::renewSetBack);
        }
        try {
            return transact(batch, submissions -> commits.commit(submissions, context));
        } catch (LogSetBack locked) {
            // Another transaction holds the lock that the renewal needs.
            return GroupCommit.Result.ofLocked(batch.stream().map(Waiting::room).collect(Collectors.toSet()));
        }
    }

    private GroupCommit.Result transact(List<Waiting> batch, Function<List<Submission>, GroupCommit.Result> transaction) {
        long start = System.nanoTime();
        GroupCommit.Result result;
        try {
            result = transaction.apply(batch.stream().map(Waiting::submission).toList());
        } catch (RuntimeException | Error refused) {
            trace(batch, false, start);
            throw refused;
        }
        afterCommit(() -> measure(batch, result, start));
        return result;
    }

    private void measure(List<Waiting> batch, GroupCommit.Result result, long start) {
        List<Waiting> decided = batch.stream().filter(waiting -> !result.locked().contains(waiting.room())).toList();
        if (!decided.isEmpty()) {
            int events = result.committed().rooms().stream().mapToInt(room -> room.events().size()).sum();
            metrics.committed(decided.size(), events, System.nanoTime() - start);
            trace(decided, true, start);
        }
    }

    private static void trace(List<Waiting> batch, boolean stored, long start) {
        long end = System.nanoTime();
        for (Waiting waiting : batch) {
            waiting.submission().trace().commit(batch.size(), stored, start, end);
        }
    }

    private void tell(Committed committed) {
        if (!committed.isEmpty()) {
            deliver(committed, () -> committed.rooms().forEach(room -> views.advance(room.view())));
            deliver(committed, () -> told.fire(committed));
        }
    }

    private void deliver(Committed committed, Runnable step) {
        if (!afterCommit(step)) {
            afterCommit(() -> doubts.fire(new LogsDoubted(committed.ids())));
        }
    }

    // The database may have stored the batch before it failed.
    private void doubt(List<Waiting> batch) {
        doubts.fire(new LogsDoubted(batch.stream().map(Waiting::room).collect(Collectors.toSet())));
    }

    // The batch is already committed, so what fails here must not look like a failed commit.
    private static boolean afterCommit(Runnable step) {
        try {
            step.run();
            return true;
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.SEVERE, "A committed batch could not be delivered; subscribers will read it from the log", defect);
            return false;
        }
    }
}
