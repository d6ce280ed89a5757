package parley.journal;

import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.protocol.Problem;
import parley.room.DecisionContext;
import parley.settings.Settings;

/** A thread that commits the proposals of its share of the rooms, all queued ones in one batch. */
final class Writer implements Runnable {

    private static final Logger LOG = Logger.getLogger(Writer.class.getName());
    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_STOP_SECONDS = 10;
    private static final long LOOK_AGAIN_MILLIS = 200;

    private record Waiting(Submission submission, CompletableFuture<Receipt> receipt, long since) {

        boolean isTooLong(long now) {
            return now - since > LONGEST_WAIT;
        }
    }

    private final BlockingQueue<Waiting> queue;
    private final int batchLimit;
    private final GroupCommit commits;
    private final DecisionContexts contexts;
    private final Views views;
    private final RenewingEpoch epochs;
    private final Event<Committed> told;
    private final JournalMetrics metrics;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean committing;
    private volatile List<Waiting> inFlight = List.of();
    private volatile boolean stopping;

    Writer(Settings settings, GroupCommit commits, DecisionContexts contexts, Views views, RenewingEpoch epochs, Event<Committed> told,
           JournalMetrics metrics) {
        this.queue = new ArrayBlockingQueue<>(settings.journal().queue());
        this.batchLimit = settings.journal().batch();
        this.commits = commits;
        this.contexts = contexts;
        this.views = views;
        this.epochs = epochs;
        this.told = told;
        this.metrics = metrics;
    }

    CompletableFuture<Receipt> submit(Submission submission) {
        Waiting waiting = new Waiting(submission, new CompletableFuture<>(), System.nanoTime());
        if (stopping) {
            refuse(waiting, "The instance is stopping.");
        } else if (!queue.offer(waiting)) {
            refuse(waiting, "Too many commands are waiting.");
        } else if (stopping && queue.remove(waiting)) {
            // The writer may have checked its queue for the last time just before this arrived.
            refuse(waiting, "The instance is stopping.");
        }
        return waiting.receipt();
    }

    /**
     * Refuses submissions that have waited too long for the database; called periodically with {@link System#nanoTime}. A batch
     * that is being committed may still succeed; submitting the same proposal again finds it. A timer for each submission would
     * cost as much as its commit.
     */
    void refuseWhoWaitsTooLong(long now) {
        inFlight.forEach(waiting -> refuseIfTooLong(waiting, now));
        for (Waiting waiting : queue) {
            if (!refuseIfTooLong(waiting, now)) {
                // The queue is in order of arrival.
                return;
            }
        }
    }

    private static boolean refuseIfTooLong(Waiting waiting, long now) {
        boolean tooLong = waiting.isTooLong(now);
        if (tooLong) {
            refuse(waiting, "The database does not answer.");
        }
        return tooLong;
    }

    /** How many wait. */
    int waiting() {
        return queue.size();
    }

    /** How long the oldest queued or running submission has waited, in nanoseconds; 0 if there is none. */
    long oldest() {
        Waiting first = inFlight.stream().findFirst().orElseGet(queue::peek);
        return first == null ? 0 : System.nanoTime() - first.since();
    }

    /** Whether something waits or is being committed. */
    boolean isBusy() {
        return committing || !queue.isEmpty();
    }

    void stop() {
        stopping = true;
    }

    void awaitEnd() {
        try {
            if (!ended.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warning("A journal writer did not end in time.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            List<Waiting> batch = new ArrayList<>(batchLimit);
            while (next(batch)) {
                if (!batch.isEmpty()) {
                    inFlight = List.copyOf(batch);
                    write(inFlight);
                    inFlight = List.of();
                    batch.clear();
                }
                committing = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopping = true;
            List<Waiting> left = new ArrayList<>();
            queue.drainTo(left);
            left.forEach(waiting -> refuse(waiting, "The instance is stopping."));
            ended.countDown();
        }
    }

    // Fills the batch from the queue; false if the writer should stop.
    private boolean next(List<Waiting> batch) throws InterruptedException {
        Waiting first = queue.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        if (first == null) {
            return !stopping;
        }
        committing = true;
        batch.add(first);
        queue.drainTo(batch, batchLimit - 1);
        // A refused proposal must not be committed later.
        batch.removeIf(waiting -> waiting.receipt().isDone());
        return true;
    }

    private void write(List<Waiting> batch) {
        try {
            commit(batch, contexts.remembered());
        } catch (RuntimeException refused) {
            redo(batch, refused);
        }
    }

    // A refused batch is decided again with the certain context; if that fails too, one by one, so that only the faulty proposal
    // fails.
    private void redo(List<Waiting> batch, RuntimeException refused) {
        if (!concernsData(refused)) {
            LOG.log(Level.WARNING, "The database can''t be written to: {0}", rootMessage(refused));
            metrics.failed();
            batch.forEach(waiting -> refuse(waiting, "The database can't be reached."));
            return;
        }
        metrics.redone();
        try {
            commit(batch, contexts.certain());
        } catch (RuntimeException again) {
            batch.forEach(this::writeAlone);
        }
    }

    private void writeAlone(Waiting waiting) {
        if (waiting.receipt().isDone()) {
            // Told meanwhile that it can't be done.
            return;
        }
        try {
            commit(List.of(waiting), contexts.certain());
        } catch (RuntimeException refused) {
            LOG.log(Level.SEVERE, "A command could not be stored", refused);
            waiting.receipt().complete(new Receipt.Refused(Problem.internal()));
        }
    }

    private void commit(List<Waiting> batch, DecisionContext context) {
        GroupCommit.Result result = transactOnTrueLogs(batch, context);
        long start = System.nanoTime();
        for (Committed committed : List.of(result.found(), result.committed())) {
            committed.rooms().forEach(room -> views.advance(room.view()));
            tell(committed);
        }
        long end = System.nanoTime();
        for (int i = 0; i < batch.size(); i++) {
            Receipt receipt = result.receipts().get(i);
            if (receipt instanceof Receipt.Committed) {
                batch.get(i).submission().trace().deliver(start, end);
            }
            batch.get(i).receipt().complete(receipt);
        }
    }

    // With a new epoch, the views are loaded again and nothing of the lost events is remembered.
    private GroupCommit.Result transactOnTrueLogs(List<Waiting> batch, DecisionContext context) {
        try {
            return transact(batch, context);
        } catch (LogSetBack lost) {
            lost.known().forEach(epochs::renewSetBack);
            return transact(batch, context);
        }
    }

    private GroupCommit.Result transact(List<Waiting> batch, DecisionContext context) {
        long start = System.nanoTime();
        boolean stored = false;
        try {
            GroupCommit.Result result = commits.commit(batch.stream().map(Waiting::submission).toList(), context);
            stored = true;
            int events = result.committed().rooms().stream().mapToInt(room -> room.events().size()).sum();
            metrics.committed(batch.size(), events, System.nanoTime() - start);
            return result;
        } finally {
            long end = System.nanoTime();
            for (Waiting waiting : batch) {
                waiting.submission().trace().commit(batch.size(), stored, start, end);
            }
        }
    }

    // The batch is committed: a failure here must not look like a failed commit.
    private void tell(Committed committed) {
        if (committed.rooms().isEmpty()) {
            return;
        }
        try {
            told.fire(committed);
        } catch (RuntimeException defect) {
            LOG.log(Level.SEVERE, "A committed batch could not be delivered; subscribers will read it from the log", defect);
        }
    }

    private static void refuse(Waiting waiting, String why) {
        waiting.receipt().complete(new Receipt.Refused(Problem.unavailable(why)));
    }

    // Whether the data or this program is at fault, not the connection: SQLSTATE classes 22 (data), 23 (integrity) and 40
    // (rollback, such as a deadlock), ISO/IEC 9075-2, table 33.
    private static boolean concernsData(Throwable thrown) {
        boolean database = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                if (state.startsWith("22") || state.startsWith("23") || state.startsWith("40")) {
                    return true;
                }
                database = true;
            }
        }
        return !database;
    }

    private static String rootMessage(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
