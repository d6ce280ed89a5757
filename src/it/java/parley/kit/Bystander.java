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
 * Two people who talk in a room of their own, twenty messages a second, while a suite does its worst to the server. Their latency is
 * first taken while nothing else happens. The suite fails when a message of theirs is lost or takes longer than the kit waits, or when
 * the latency during the suite is past its bound: three times what it was before, 25 ms more at the median and 2 s more at p99, and what
 * this machine held up a timer by meanwhile. Latency counts from when a message was due, so a stall hides nothing.
 */
public final class Bystander implements BeforeAllCallback, AfterAllCallback {

    private static final long EVERY_MILLIS = 50;
    private static final int WARM = 5;
    private static final int CALM = 20;
    private static final double TIMES_BEFORE = 3;

    private final ScheduledExecutorService clocks = Executors.newScheduledThreadPool(2);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Times latencies = new Times();
    private final Times hiccups = new Times();
    private ChatClient one;
    private ChatClient other;
    private String room;
    private double medianBefore;
    private double p99Before;

    @Override
    public void beforeAll(ExtensionContext suite) {
        room = Http.of("carol").makesRoom();
        one = ChatClient.of("carol").joins(room);
        other = ChatClient.of("user17").joins(room);
        every(this::talk);
        every(hiccups::add);
        latencies.take(WARM);
        List<Double> calm = latencies.take(CALM);
        medianBefore = Times.at(0.5, calm);
        p99Before = Times.at(0.99, calm);
        hiccups.takeAll();
    }

    @Override
    public void afterAll(ExtensionContext suite) throws InterruptedException {
        clocks.shutdown();
        boolean ended = clocks.awaitTermination(3 * Timeouts.BOUND.toSeconds(), TimeUnit.SECONDS);
        one.close();
        other.close();
        if (!ended || failure.get() != null) {
            throw new AssertionError("A message of the neighbour's was lost during " + suite.getDisplayName(), failure.get());
        }
        List<Double> during = latencies.takeAll();
        List<Double> held = hiccups.takeAll();
        if (!during.isEmpty() && !held.isEmpty()) {
            judge("median", Times.at(0.5, during), TIMES_BEFORE * medianBefore + 25 + Times.at(0.5, held), suite);
            judge("p99", Times.at(0.99, during), TIMES_BEFORE * p99Before + 2_000 + Times.at(0.99, held), suite);
        }
    }

    private static void judge(String what, double millis, double bound, ExtensionContext suite) {
        String said = "The neighbour's latency during %s: %s %.1f ms, and may be %.1f ms".formatted(suite.getDisplayName(), what, millis, bound);
        System.out.println(said);
        if (millis > bound) {
            throw new AssertionError(said);
        }
    }

    private interface Due {
        void at(long moment);
    }

    // What takes longer than the pause is not forgiven: it is due as often, and late.
    private void every(Due task) {
        long start = System.nanoTime();
        long[] times = {0};
        clocks.scheduleAtFixedRate(() -> task.at(start + TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS * times[0]++)),
                0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void talk(long due) {
        if (failure.get() != null) {
            latencies.add(due);
            return;
        }
        try {
            String text = UUID.randomUUID().toString();
            one.posts(text);
            other.receivesUpTo(Expected.posted(text));
            latencies.add(due);
            one.receivesUpTo(Expected.posted(text));
        } catch (RuntimeException | AssertionError lost) {
            failure.set(lost);
            latencies.add(due);
        }
    }

    /** How long after their moments things happened, in milliseconds. */
    private static final class Times {
        private final List<Double> all = new ArrayList<>();

        synchronized void add(long due) {
            all.add((System.nanoTime() - due) / 1e6);
            notifyAll();
        }

        synchronized List<Double> takeAll() {
            List<Double> taken = List.copyOf(all);
            all.clear();
            return taken;
        }

        /** The next so many, however long they take. */
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

        static double at(double quantile, List<Double> times) {
            return times.stream().sorted().toList().get((int) (quantile * (times.size() - 1)));
        }
    }
}
