package parley.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import parley.protocol.Problem;
import parley.settings.Settings;
import parley.threads.Loop;

/** Commits the proposals for its share of the rooms on its own thread. Each batch takes all queued proposals, up to a limit. */
final class Writer implements Consumer<Loop> {

    private static final Logger LOG = Logger.getLogger(Writer.class.getName());
    private static final long LONGEST_STOP_SECONDS = 10;
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final BlockingQueue<Waiting> queue;
    private final Postponed postponed;
    private final int batchLimit;
    private final Committing committing;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean busy;
    private volatile List<Waiting> inFlight = List.of();
    private volatile boolean stopping;
    // Used only by the thread.
    private final List<Waiting> arrived = new ArrayList<>();
    private final List<Waiting> batch = new ArrayList<>();

    Writer(Settings settings, Committing committing) {
        this.queue = new ArrayBlockingQueue<>(settings.journal().queue());
        this.batchLimit = settings.journal().batch();
        this.postponed = new Postponed(batchLimit, settings.journal().queue());
        this.committing = committing;
    }

    CompletableFuture<Receipt> submit(Submission submission) {
        Waiting waiting = new Waiting(submission, new CompletableFuture<>(), System.nanoTime());
        if (stopping) {
            waiting.refuse("The instance is stopping.");
        } else if (!queue.offer(waiting)) {
            waiting.refuse("Too many commands are waiting.");
        } else if (stopping && queue.remove(waiting)) {
            // The writer may have emptied its queue for the last time just before this proposal arrived.
            waiting.refuse("The instance is stopping.");
        }
        return waiting.receipt();
    }

    /**
     * Refuses submissions that have waited too long for the database; called periodically with {@link System#nanoTime}. The commit of a
     * running batch may still succeed; a repeated proposal is then answered from the log. One periodic check serves all submissions,
     * because a timer for each would cost as much as its commit.
     */
    void refuseOverdue(long now) {
        inFlight.forEach(waiting -> refuseIfOverdue(waiting, now, "The database does not answer."));
        postponed.all().forEach(waiting -> refuseIfOverdue(waiting, now, "The room is locked."));
        for (Waiting waiting : queue) {
            if (!refuseIfOverdue(waiting, now, "The database does not answer.")) {
                // The queue is in order of arrival.
                return;
            }
        }
    }

    private static boolean refuseIfOverdue(Waiting waiting, long now, String why) {
        boolean overdue = waiting.isOverdue(now);
        if (overdue) {
            waiting.refuse(why);
        }
        return overdue;
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
        return busy || !queue.isEmpty();
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
    public void accept(Loop loop) {
        try {
            while (writeNext()) {
                loop.completed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopping = true;
            List<Waiting> left = new ArrayList<>(postponed.all());
            queue.drainTo(left);
            left.forEach(waiting -> waiting.refuse("The instance is stopping."));
            committing.close();
            ended.countDown();
        }
    }

    // Returns false if the writer should stop.
    private boolean writeNext() throws InterruptedException {
        try {
            if (!next()) {
                return false;
            }
            write();
        } catch (InterruptedException stopped) {
            throw stopped;
        } catch (Throwable defect) {
            refuse(arrived);
            refuse(batch);
            LOG.log(Level.SEVERE, "A batch failed; its commands are refused, and the writer continues", defect);
        }
        inFlight = List.of();
        arrived.clear();
        batch.clear();
        busy = !postponed.isEmpty();
        return true;
    }

    private static void refuse(List<Waiting> failed) {
        failed.forEach(waiting -> waiting.receipt().complete(new Receipt.Refused(Problem.internal())));
    }

    // Fills the batch from the queue and from what was postponed; false if the writer should stop.
    private boolean next() throws InterruptedException {
        takeArrived();
        if (arrived.isEmpty() && postponed.isEmpty()) {
            return !stopping;
        }
        busy = true;
        // A refused proposal must not be committed later.
        postponed.moveTo(batch, arrived);
        return true;
    }

    private void takeArrived() throws InterruptedException {
        if (postponed.isFull()) {
            TimeUnit.NANOSECONDS.sleep(postponed.pause());
            return;
        }
        Waiting first = postponed.isEmpty() ? queue.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                : queue.poll(postponed.pause(), TimeUnit.NANOSECONDS);
        if (first != null) {
            arrived.add(first);
            queue.drainTo(arrived, batchLimit - 1);
        }
    }

    private void write() {
        if (!batch.isEmpty()) {
            inFlight = List.copyOf(batch);
            List<Waiting> locked = committing.commit(inFlight);
            postponed.putBack(locked, locked.size() < batch.size());
        }
    }
}
