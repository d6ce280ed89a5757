package parley.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.DatabaseWatch;
import parley.health.Started;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.settings.Settings;

/**
 * Periodically seals what is new in the logs, and publishes roots when they are due. One instance does it for all. It waits while an
 * instance of an earlier version runs, which would not record what it removes.
 */
@ApplicationScoped
class Sealing {

    private static final Logger LOG = Logger.getLogger(Sealing.class.getName());
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Inject
    private Settings settings;
    @Inject
    private Metrics metrics;
    @Inject
    private LeasedWork work;
    @Inject
    private DatabaseWatch database;
    @Inject
    private SealCommit commits;
    @Inject
    private Publishing publishing;

    /** One thread of this instance seals at a time. */
    private final ReentrantLock turn = new ReentrantLock();

    private boolean isStarted;
    private Counter events;
    private volatile Instant completed;

    void start(@Observes Started started) {
        if (isStarted || !settings.evidence().isOn()) {
            return;
        }
        isStarted = true;
        events = metrics.count("parley_evidence_sealed_total", "Events that this instance sealed in the chains of their rooms.");
        metrics.gauge("parley_evidence_age_seconds", "How long ago this instance had sealed everything, if sealing is its task.",
                () -> completed == null ? Double.NaN : Duration.between(completed, Instant.now()).toMillis() / 1_000.0);
        work.start(Task.EVIDENCE, settings.evidence().sealEvery(), LEASE, this::look);
    }

    private void look() {
        if (!mayWork() || !work.take()) {
            completed = null;
            return;
        }
        boolean all = seal(work::mayGoOn);
        if (all && !work.isStopping()) {
            completed = Instant.now();
            publishing.publishDue(settings.evidence().rootEvery());
        }
        publishing.send();
    }

    /** Whether evidence is on, and every running instance records what it removes. */
    boolean mayWork() {
        return settings.evidence().isOn() && database.isEvidenceKeptByAll();
    }

    /** Seals what is new now, for a root that a person asks for, up to this time. What is left is sealed by the next run. */
    void seal(Duration atMost) {
        Instant end = Instant.now().plus(atMost);
        try {
            // The root should have what the loop is sealing now.
            if (turn.tryLock(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    sealAll(() -> Instant.now().isBefore(end));
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean seal(BooleanSupplier goesOn) {
        turn.lock();
        try {
            return sealAll(goesOn);
        } finally {
            turn.unlock();
        }
    }

    private boolean sealAll(BooleanSupplier goesOn) {
        boolean all = true;
        List<String> rooms = commits.behind("");
        while (!rooms.isEmpty() && goesOn.getAsBoolean()) {
            all &= seal(rooms, goesOn);
            rooms = commits.behind(rooms.getLast());
        }
        return all && rooms.isEmpty();
    }

    private boolean seal(List<String> rooms, BooleanSupplier goesOn) {
        commits.begin(rooms);
        List<String> left = rooms;
        boolean progresses = true;
        while (!left.isEmpty() && progresses && goesOn.getAsBoolean()) {
            long begin = System.nanoTime();
            SealCommit.Sealed done = commits.seal(left);
            progresses = done.events() > 0;
            left = done.left();
            events.add(done.events());
            if (!left.isEmpty()) {
                LockSupport.parkNanos(Math.min(System.nanoTime() - begin, LONGEST_PAUSE_NANOS));
            }
        }
        // A room that is locked is sealed in the next run; it does not keep roots from being published.
        LOG.log(Level.FINE, "{0} rooms are not sealed completely", left.size());
        return left.isEmpty() || !progresses;
    }
}
