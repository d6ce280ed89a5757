package parley.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import parley.protocol.Problem;

/**
 * The threads for uploads or downloads, each of which holds one as long as the client takes. A person gets at most a quarter of them. As
 * many transfers as there are threads may wait for one. Safe for every thread.
 */
final class TransferSlots {

    private static final int SHARE = 4;
    private static final long LATER_MILLIS = 1_000;

    private final ExecutorService threads;
    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /** @param threads which must be able to queue as many tasks as there are threads */
    TransferSlots(ExecutorService threads, int count) {
        this.threads = threads;
        this.most = 2 * count;
        this.mostOfOne = Math.max(1, count / SHARE);
    }

    /** A slot of a person. Its task frees it. */
    final class Slot implements Executor {
        private final String user;
        private final AtomicBoolean freed = new AtomicBoolean();

        private Slot(String user) {
            this.user = user;
        }

        @Override
        public void execute(Runnable task) {
            try {
                threads.execute(() -> {
                    try {
                        task.run();
                    } finally {
                        free();
                    }
                });
            } catch (RejectedExecutionException full) {
                // The thread of the slot that was freed last may not have taken its next task yet.
                free();
                throw full;
            }
        }

        /** Call it if no task comes. */
        void free() {
            if (freed.compareAndSet(false, true)) {
                release(user);
            }
        }
    }

    /** Takes a slot; empty if there is none. */
    synchronized Optional<Slot> take(String user) {
        if (all >= most || taken.getOrDefault(user, 0) >= mostOfOne) {
            return Optional.empty();
        }
        all++;
        taken.merge(user, 1, Integer::sum);
        return Optional.of(new Slot(user));
    }

    private synchronized void release(String user) {
        all--;
        taken.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    synchronized int inUse() {
        return all;
    }

    /** The refusal of a person who gets no slot. */
    synchronized Problem refusal(String user) {
        return all >= most ? Problem.unavailable("The server transfers too many files. Try again later.")
                : Problem.rateLimited("You can transfer at most " + mostOfOne + " files at once.", LATER_MILLIS);
    }

    void stop() {
        threads.shutdownNow();
    }
}
