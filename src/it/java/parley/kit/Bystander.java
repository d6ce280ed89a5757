package parley.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Two users who chat in a room of their own at 20 messages a second while a suite loads or attacks the server. Their latency is
 * measured first without any other load. The suite fails if one of their messages is lost or exceeds the kit's timeout, or if the
 * latency exceeds 3 times the idle latency plus 25 ms (median) or 2 s (p99) plus the timer jitter of this machine. Latency is measured
 * from the time a message was due, so a stall can't hide.
 */
public final class Bystander implements BeforeAllCallback, AfterAllCallback {

    private static final long PERIOD_MILLIS = 50;
    private static final int WARM_UP_SAMPLES = 5;
    private static final int IDLE_SAMPLES = 20;
    private static final double MAX_SLOWDOWN = 3;

    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Delays latencies = new Delays();
    private final Delays jitter = new Delays();
    private ChatClient sender;
    private ChatClient receiver;
    private String room;
    private double idleMedian;
    private double idleP99;

    @Override
    public void beforeAll(ExtensionContext suite) {
        room = Http.of("carol").createsRoom();
        sender = ChatClient.of("carol").joins(room);
        receiver = ChatClient.of("user17").joins(room);
        schedule(this::exchange);
        schedule(jitter::add);
        latencies.take(WARM_UP_SAMPLES);
        List<Double> idle = latencies.take(IDLE_SAMPLES);
        idleMedian = Delays.quantile(0.5, idle);
        idleP99 = Delays.quantile(0.99, idle);
        jitter.takeAll();
    }

    @Override
    public void afterAll(ExtensionContext suite) throws InterruptedException {
        timers.shutdown();
        boolean ended = timers.awaitTermination(3 * Timeouts.DEFAULT.toSeconds(), TimeUnit.SECONDS);
        sender.close();
        receiver.close();
        if (!ended || failure.get() != null) {
            throw new AssertionError("The bystanders lost a message during " + suite.getDisplayName(), failure.get());
        }
        List<Double> during = latencies.takeAll();
        List<Double> jitterDuring = jitter.takeAll();
        if (!during.isEmpty() && !jitterDuring.isEmpty()) {
            check("median", Delays.quantile(0.5, during), MAX_SLOWDOWN * idleMedian + 25 + Delays.quantile(0.5, jitterDuring), suite);
            check("p99", Delays.quantile(0.99, during), MAX_SLOWDOWN * idleP99 + 2_000 + Delays.quantile(0.99, jitterDuring), suite);
        }
    }

    private static void check(String what, double millis, double bound, ExtensionContext suite) {
        String summary = "Bystander latency during %s: %s %.1f ms, limit %.1f ms".formatted(suite.getDisplayName(), what, millis, bound);
        System.out.println(summary);
        if (millis > bound) {
            throw new AssertionError(summary);
        }
    }

    private interface Task {
        void run(long due);
    }

    // A task that overruns its period doesn't skip runs: the next ones start late and count as late.
    private void schedule(Task task) {
        long start = System.nanoTime();
        long[] runs = {0};
        timers.scheduleAtFixedRate(() -> task.run(start + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS * runs[0]++)),
                0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void exchange(long due) {
        if (failure.get() != null) {
            latencies.add(due);
            return;
        }
        try {
            String text = UUID.randomUUID().toString();
            sender.posts(text);
            receiver.receivesUpTo(Expected.posted(text));
            latencies.add(due);
            sender.receivesUpTo(Expected.posted(text));
        } catch (RuntimeException | AssertionError lost) {
            failure.set(lost);
            latencies.add(due);
        }
    }

    /** Delays after the due time, in milliseconds. Safe for all threads. */
    private static final class Delays {
        private final List<Double> all = new ArrayList<>();

        synchronized void add(long due) {
            all.add((System.nanoTime() - due) / 1e6);
            notifyAll();
        }

        synchronized List<Double> takeAll() {
            List<Double> copy = List.copyOf(all);
            all.clear();
            return copy;
        }

        /** Waits for this many values, without a timeout, and removes them. */
        synchronized List<Double> take(int count) {
            try {
                while (all.size() < count) {
                    wait();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
            return takeAll();
        }

        static double quantile(double quantile, List<Double> delays) {
            return delays.stream().sorted().toList().get((int) (quantile * (delays.size() - 1)));
        }
    }
}
