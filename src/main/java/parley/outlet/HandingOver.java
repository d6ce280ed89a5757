package parley.outlet;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import parley.health.Availability;
import parley.health.Started;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.journal.RoomLog;
import parley.metrics.Metrics;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Runs the outlets that are behind: each on one thread, a page of the log at a time. Half of the threads, and no more, are for outlets that
 * fail, and a share has at most a quarter.
 */
@ApplicationScoped
class HandingOver {

    private static final Logger LOG = Logger.getLogger(HandingOver.class.getName());
    /** Commits within this time are one look. */
    private static final Duration PAUSE = Duration.ofMillis(25);
    private static final long LOOK_MILLIS = 1_000;
    private static final Duration ROOMS_EVERY = Duration.ofSeconds(5);
    private static final int PAGE = 100;
    /** A run begins no event after this time, so that others get a turn. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(10);

    @Inject
    private Settings settings;
    @Inject
    private Availability availability;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Inject
    private RoomLog log;
    @Inject
    private OutletRows rows;
    @Inject
    @Any
    private Instance<Sink> allSinks;

    private final Semaphore wake = new Semaphore(0);
    private final AtomicInteger failingRuns = new AtomicInteger();
    private Map<String, Sink> sinks = Map.of();
    private Semaphore free;
    private Shares shares;
    private Loop loop;
    private ExecutorService threads;
    private ScheduledThreadPoolExecutor timer;
    private volatile Set<String> rooms = Set.of();
    private volatile long roomsReadAt = System.nanoTime() - ROOMS_EVERY.toNanos();

    void start(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        if (loop != null || !settings.features().hooks()) {
            return;
        }
        rows.release();
        int most = settings.hooks().threads();
        free = new Semaphore(most);
        shares = new Shares(Math.max(1, most / 4));
        sinks = allSinks.stream().collect(Collectors.toMap(Sink::kind, Function.identity()));
        threads = managed.pool("outlet", most, most);
        timer = managed.timer("outlet");
        sinks.keySet().forEach(kind -> List.of(Attempt.DELIVERED, "failed").forEach(outcome -> count(kind, outcome, 0)));
        loop = managed.repeat("outlets", PAUSE, this::step);
    }

    /** Never waits. */
    void committed(@Observes Committed committed) {
        if (loop != null && committed.here() && committed.rooms().stream().anyMatch(room -> rooms.contains(room.view().id()))) {
            wake();
        }
    }

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outlets.OutletsChanged changed) {
        roomsReadAt = System.nanoTime() - ROOMS_EVERY.toNanos();
        wake();
    }

    private void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void step() {
        try {
            if (wake.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        if (System.nanoTime() - roomsReadAt >= ROOMS_EVERY.toNanos()) {
            roomsReadAt = System.nanoTime();
            rooms = rows.rooms();
        }
        if (!rooms.isEmpty()) {
            look(Instant.now());
        }
    }

    private void look(Instant now) {
        if (availability.closedBecause().isPresent()) {
            // After a restore, receivers may have got these events already, and a copy of an installation must not send any.
            return;
        }
        List<String> kinds = sinks.values().stream().filter(Sink::isOn).map(Sink::kind).toList();
        begin(rows.lease(free.availablePermits(), kinds, shares.full(), false, now));
        int failing = Math.min(free.availablePermits(), Math.max(1, settings.hooks().threads() / 2) - failingRuns.get());
        begin(rows.lease(failing, kinds, shares.full(), true, now));
    }

    private void begin(List<Run> leased) {
        for (Run run : leased) {
            free.acquireUninterruptibly();
            boolean hasShare = shares.begin(run.share());
            if (run.consumer().failures() > 0) {
                failingRuns.incrementAndGet();
            }
            threads.execute(() -> {
                try {
                    if (hasShare) {
                        run(run);
                    } else {
                        // Several of the same share were leased at once.
                        rows.settle(run, new Settlement(run.offset(), run.consumer().failures(), run.failingSince(), Instant.now(),
                                Optional.empty()), List.of(), Instant.now());
                    }
                } catch (RuntimeException | Error failed) {
                    // Its lease ends, and its events are handed over again.
                    LOG.log(Level.WARNING, "An outlet of room " + run.consumer().room() + " failed; it goes on after its lease", failed);
                } finally {
                    end(run, hasShare);
                }
            });
        }
    }

    private void end(Run run, boolean hasShare) {
        if (hasShare) {
            shares.end(run.share());
        }
        if (run.consumer().failures() > 0) {
            failingRuns.decrementAndGet();
        }
        free.release();
    }

    private void run(Run run) {
        List<LoggedFrame> page = log.after(run.consumer().room(), run.offset(), PAGE);
        List<OutgoingEvent> wanted = page.stream()
                .map(logged -> OutgoingEvent.of(run.consumer().room(), run.epoch(), logged)).filter(run::wants).toList();
        Sink sink = sinks.get(run.consumer().kind());
        Taken taken = wanted.isEmpty() ? Taken.all(0, List.of())
                : sink.take(run.consumer(), wanted, Instant.now().plus(LONGEST_RUN));
        // A page that is not full ends at the head; what is missing before it was removed from the log.
        long last = page.isEmpty() ? run.head() : page.size() < PAGE ? Math.max(run.head(), page.getLast().offset())
                : page.getLast().offset();
        Instant now = Instant.now();
        Settlement after = Settlement.of(run, last, wanted, taken, sink.patience(), now, ThreadLocalRandom.current().nextDouble());
        count(run.consumer().kind(), Attempt.DELIVERED, taken.count());
        count(run.consumer().kind(), "failed", taken.failure().isPresent() ? 1 : 0);
        if (rows.settle(run, after, taken.attempts(), now)) {
            after.disabled().ifPresent(why -> sink.disabled(run.consumer(), why));
            wakeAt(after.due(), now);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Waking can't fail.
    private void wakeAt(Instant due, Instant now) {
        long millis = Duration.between(now, due).toMillis();
        if (millis <= 0) {
            wake();
        } else if (millis < LOOK_MILLIS) {
            timer.schedule(this::wake, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void count(String kind, String outcome, long times) {
        metrics.count("parley_outlet_events_total",
                "Events that this instance handed over to other systems, and attempts that failed, by kind.",
                "kind", kind, "outcome", outcome).add(times);
    }

    @PreDestroy
    void stop() {
        if (loop != null) {
            loop.stop();
            threads.shutdownNow();
            timer.shutdownNow();
        }
    }
}
