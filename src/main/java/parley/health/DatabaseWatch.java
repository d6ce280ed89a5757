package parley.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import parley.journal.Copies;
import parley.journal.LogsDoubted;
import parley.metrics.Counter;
import parley.metrics.Histogram;
import parley.metrics.Metrics;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * Probes the database with a write once a second, on its own thread, and reports whether the database responds and accepts writes. The
 * state is at most one second old, plus the time that a write may take. The accessors never block.
 */
@ApplicationScoped
public class DatabaseWatch {

    private static final Logger LOG = Logger.getLogger(DatabaseWatch.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** The grace period for a failover, a restart or a slow disk; nanoseconds. */
    private static final long GRACE_PERIOD = TimeUnit.SECONDS.toNanos(5);

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Inject
    private Copies copies;
    @Inject
    private Event<LogsDoubted> doubts;

    private Histogram connectionTimes;
    private Counter failures;
    private volatile boolean started;
    private volatile long readAt;
    private volatile long writtenAt;
    private volatile String failure = "";
    private volatile RunningInstances running;
    // Used only by the probing thread.
    private boolean reported;
    private boolean doubtful;
    private long wroteAt;

    // No standard interface exposes the load of a connection pool, but the time to get a connection shows it.
    @PostConstruct
    void registerMetrics() {
        connectionTimes = metrics.times("parley_database_connection_seconds",
                "Time to get a database connection from the pool, measured by the probe that runs once a second.");
        failures = metrics.count("parley_database_write_failures_total", "Failed database probes. The probe writes once a second.");
    }

    // Can't fail: the schema is up to date. Assumes a working database until the first probes have run.
    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE + 1) Started event) {
        readAt = writtenAt = System.nanoTime();
        started = true;
        managed.repeat("database", INTERVAL, this::probe);
    }

    /** Whether the database has not responded for more than 5 s. */
    public boolean isOutOfReach() {
        return started && isOverdue(readAt);
    }

    /** Why commands can't be stored, with the message of the database or the driver; empty while writes succeed. */
    public Optional<String> trouble() {
        if (!started || !isOverdue(writtenAt)) {
            return Optional.empty();
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - writtenAt);
        String why = failure.isEmpty() ? "the database does not respond" : failure;
        return Optional.of("no write for " + seconds + " s: " + why);
    }

    /** Whether every running instance is of a version that can read all events that this one stores. False until it is known. */
    public boolean areEventsReadByAll() {
        RunningInstances now = running;
        return now != null && now.leastKinds() >= DatabaseProbe.ALL_EVENTS;
    }

    /** Whether every running instance reads files of messages, and deletes them with their message. */
    public boolean areFilesReadByAll() {
        RunningInstances now = running;
        return now != null && now.leastKinds() >= DatabaseProbe.FILES;
    }

    /** Whether every running instance reads link previews, and removes them with their message. */
    public boolean arePreviewsReadByAll() {
        RunningInstances now = running;
        return now != null && now.leastKinds() >= DatabaseProbe.PREVIEWS;
    }

    /** Whether every running instance reads the events of documents. */
    public boolean areDocumentsReadByAll() {
        RunningInstances now = running;
        return now != null && now.leastKinds() >= DatabaseProbe.DOCUMENTS;
    }

    /** Whether every running instance reads the events and packets of calls. */
    public boolean areCallsReadByAll() {
        RunningInstances now = running;
        return now != null && now.leastKinds() >= DatabaseProbe.CALLS;
    }

    /** Whether every running instance reads the events of removals, keeps what these delete, and obeys who may post in a room. */
    public boolean isModerationReadByAll() {
        RunningInstances now = running;
        return now != null && now.leastKinds() >= DatabaseProbe.MODERATION;
    }

    /** Whether every running instance records which sealed events it changes. */
    public boolean isEvidenceKeptByAll() {
        RunningInstances now = running;
        return now != null && now.leastKinds() >= DatabaseProbe.EVIDENCE;
    }

    /** Whether every running instance reads that a log was rewritten, and recognizes people who were erased. */
    public boolean isErasureReadByAll() {
        RunningInstances now = running;
        return now != null && now.leastKinds() >= DatabaseProbe.ERASURE;
    }

    /**
     * The names of the other running instances, as the database knew them a moment ago. Empty if that is not known, or if an instance of an
     * older version runs, whose messages on the bus don't show that a packet was not sent.
     */
    public Optional<Set<String>> instancesThatShowGaps() {
        return Optional.ofNullable(running).filter(now -> now.leastKinds() >= DatabaseProbe.GAPS && !isOverdue(readAt))
                .map(RunningInstances::others);
    }

    private static boolean isOverdue(long moment) {
        return System.nanoTime() - moment > GRACE_PERIOD;
    }

    private void probe() {
        if (!readAndWrite()) {
            // A database that comes back may be another one, without the last commits.
            doubtful = true;
        } else if (doubtful) {
            doubtful = false;
            doubts.fire(LogsDoubted.all());
        }
        report();
    }

    private boolean readAndWrite() {
        long start = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            connectionTimes.recordNanos(System.nanoTime() - start);
            // A connection from a broken pool may be in any state.
            connection.setAutoCommit(false);
            try {
                DatabaseProbe.read(connection);
                readAt = System.nanoTime();
                RunningInstances now = DatabaseProbe.running(connection, settings.instance().name(), wroteAt);
                // After the loss of the last commits, the row is older than this instance wrote it.
                doubtful |= now.wroteAt() < wroteAt;
                long writes = DatabaseProbe.write(connection, settings.instance().name(), settings.instance().build());
                connection.commit();
                writtenAt = System.nanoTime();
                wroteAt = writes;
                running = now;
                copies.needed(settings.messages().copied() || now.leastKindsToReturn() < DatabaseProbe.LOG_ALONE);
                failure = "";
                return true;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException | RuntimeException | Error failed) {
            failures.increment();
            failure = String.valueOf(failed.getMessage()).strip();
            return false;
        }
    }

    private void report() {
        Optional<String> trouble = trouble();
        if (trouble.isPresent() && !reported) {
            LOG.warning("The database does not accept writes, so this instance is not ready: " + trouble.get());
        } else if (trouble.isEmpty() && reported) {
            LOG.info("The database accepts writes again; this instance is ready");
        }
        reported = trouble.isPresent();
    }
}
