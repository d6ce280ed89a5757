package parley.threads;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A fixed number of threads and a bounded queue before them, which knows how long its oldest task has waited. */
final class BoundedPool extends ThreadPoolExecutor {

    private record Waiting(Runnable task, long since) implements Runnable {

        @Override
        public void run() {
            task.run();
        }
    }

    BoundedPool(int threads, int queue, ThreadFactory factory) {
        super(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), factory);
    }

    @Override
    public void execute(Runnable task) {
        super.execute(new Waiting(task, System.nanoTime()));
    }

    /** How many tasks wait for a thread. */
    int waiting() {
        return getQueue().size();
    }

    /** How long the oldest of them has waited, in nanoseconds; 0 when there is none. */
    long oldest() {
        return getQueue().peek() instanceof Waiting first ? System.nanoTime() - first.since() : 0;
    }
}
