package parley.journal;

import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.Problem;
import parley.room.DecisionContext;
import parley.settings.Settings;

/** Commits the proposals for its share of the rooms on its own thread. Each batch takes all queued proposals, up to a limit. */
final class Writer implements Runnable {

    private static final Logger LOG = Logger.getLogger(Writer.class.getName());
    private static final long LONGEST_STOP_SECONDS = 10;
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final BlockingQueue<Waiting> queue;
    private final Postponed postponed;
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
        this.postponed = new Postponed(batchLimit, settings.journal().queue());
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
            // The writer may have emptied its queue for the last time just before this proposal arrived.
            refuse(waiting, "The instance is stopping.");
        }
        return waiting.receipt();
    }

    /**
     * Refuses submissions that have waited too long for the database; called periodically with {@link System#nanoTime}. The commit of a
     * running batch may still succeed; a repeated proposal is then answered from the log. One periodic check serves all submissions,
     * because a timer for each would cost as much as its commit.
     */
    void refuseOverdue(long now) {
        inFlight.forEach(waiting -> refuseIfTooLong(waiting, now));
        postponed.all().forEach(waiting -> refuseIfTooLong(waiting, now));
        for (Waiting waiting : queue) {
            if (!refuseIfTooLong(waiting, now)) {
                // The queue is in order of arrival.
                return;
            }
        }
    }

    private static boolean refuseIfTooLong(Waiting waiting, long now) {
        boolean tooLong = waiting.isOverdue(now);
        if (tooLong) {
            refuse(waiting, "The database does not answer.");
        }
        return tooLong;
    }

    /** How many submissions are queued or postponed. */
    int waiting() {
        return queue.size() + postponed.all().size();
    }

    /** How long the oldest queued or running submission has waited, in nanoseconds; 0 if there is none. */
    long oldest() {
        Waiting first = Stream.concat(postponed.all().stream(), inFlight.stream()).findFirst().orElseGet(queue::peek);
        return first == null ? 0 : System.nanoTime() - first.since();
    }

    /** Whether submissions are queued or being committed. */
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
                try {
                    write(batch);
                } catch (RuntimeException | Error defect) {
                    LOG.log(Level.SEVERE, "A batch failed; its commands are refused, and the writer continues", defect);
                    batch.forEach(waiting -> waiting.receipt().complete(new Receipt.Refused(Problem.internal())));
                }
                inFlight = List.of();
                batch.clear();
                committing = !postponed.isEmpty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopping = true;
            List<Waiting> left = new ArrayList<>(postponed.all());
            queue.drainTo(left);
            left.forEach(waiting -> refuse(waiting, "The instance is stopping."));
            ended.countDown();
        }
    }

    // Fills the batch from the queue and from what was postponed; false if the writer should stop.
    private boolean next(List<Waiting> batch) throws InterruptedException {
        List<Waiting> arrived = arrived();
        if (arrived.isEmpty() && postponed.isEmpty()) {
            return !stopping;
        }
        committing = true;
        // A refused proposal must not be committed later.
        postponed.moveTo(batch, arrived);
        return true;
    }

    private List<Waiting> arrived() throws InterruptedException {
        if (postponed.isFull()) {
            TimeUnit.NANOSECONDS.sleep(postponed.pause());
            return List.of();
        }
        Waiting first = postponed.isEmpty() ? queue.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                : queue.poll(postponed.pause(), TimeUnit.NANOSECONDS);
        if (first == null) {
            return List.of();
        }
        List<Waiting> arrived = new ArrayList<>(batchLimit);
        arrived.add(first);
        queue.drainTo(arrived, batchLimit - 1);
        return arrived;
    }

    private void write(List<Waiting> batch) {
        if (!batch.isEmpty()) {
            inFlight = List.copyOf(batch);
            List<Waiting> locked = attempt(inFlight);
            postponed.putBack(locked, locked.size() < batch.size());
        }
    }

    // Returns the submissions whose room another transaction had locked.
    private List<Waiting> attempt(List<Waiting> batch) {
        try {
            return commit(batch, contexts.remembered());
        } catch (RuntimeException | Error refused) {
            return redo(batch, refused);
        }
    }

    // If a batch failed because of its data or a defect, decides it again with the certain context. If that fails too, commits each
    // proposal alone, so that only the faulty one fails.
    private List<Waiting> redo(List<Waiting> batch, Throwable refused) {
        if (!concernsData(refused)) {
            LOG.log(Level.WARNING, "The database can''t be written to: {0}", rootMessage(refused));
            metrics.failed();
            batch.forEach(waiting -> refuse(waiting, "The database can't be reached."));
            return List.of();
        }
        metrics.redone();
        try {
            return commit(batch, contexts.certain());
        } catch (RuntimeException | Error again) {
            return writeEachAlone(batch);
        }
    }

    private List<Waiting> writeEachAlone(List<Waiting> batch) {
        List<Waiting> locked = new ArrayList<>();
        Set<String> lockedRooms = new HashSet<>();
        for (Waiting waiting : batch) {
            // What follows in a locked room waits too, to keep the order of the room.
            if (lockedRooms.contains(waiting.room()) || !writeAlone(waiting).isEmpty()) {
                lockedRooms.add(waiting.room());
                locked.add(waiting);
            }
        }
        return locked;
    }

    private List<Waiting> writeAlone(Waiting waiting) {
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
            return transact(batch, context);
        } catch (LogSetBack lost) {
            lost.known().forEach(epochs::renewSetBack);
        }
        try {
            return transact(batch, context);
        } catch (LogSetBack locked) {
            // Another transaction holds the lock that the renewal needs.
            return GroupCommit.Result.ofLocked(batch.stream().map(Waiting::room).collect(Collectors.toSet()));
        }
    }

    private GroupCommit.Result transact(List<Waiting> batch, DecisionContext context) {
        long start = System.nanoTime();
        GroupCommit.Result result;
        try {
            result = commits.commit(batch.stream().map(Waiting::submission).toList(), context);
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
        if (!committed.rooms().isEmpty()) {
            afterCommit(() -> committed.rooms().forEach(room -> views.advance(room.view())));
            afterCommit(() -> told.fire(committed));
        }
    }

    // The batch is already committed, so what fails here must not look like a failed commit.
    private static void afterCommit(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error defect) {
            LOG.log(Level.SEVERE, "A committed batch could not be delivered; subscribers will read it from the log", defect);
        }
    }

    private static void refuse(Waiting waiting, String why) {
        waiting.receipt().complete(new Receipt.Refused(Problem.unavailable(why)));
    }

    // Whether the cause is the data or this program rather than the connection to the database: SQLSTATE classes 22 (data),
    // 23 (integrity) and 40 (rollback, such as a deadlock), ISO/IEC 9075-2, table 33, or no SQLException at all.
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
