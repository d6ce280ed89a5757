package parley.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import parley.metrics.Count;
import parley.metrics.Distribution;
import parley.metrics.Metrics;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * Knows whether the database answers and takes writes, because it writes once a second. What it says is at most a second old, plus
 * the time that a write may take. A thread of its own writes; nobody waits for it.
 */
@ApplicationScoped
public class DatabaseWatch {

    private static final Logger LOG = Logger.getLogger(DatabaseWatch.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** A failover, a restart or a slow disk may take this long before it counts as trouble. */
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(5);

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;

    private Distribution connected;
    private Count failed;
    private volatile boolean watching;
    private volatile long readAt;
    private volatile long writtenAt;
    private volatile String failure = "";
    private Thread thread;
    // Only by the thread.
    private boolean told;

    // No standard interface tells how full a pool is. How long a connection takes follows from it.
    @PostConstruct
    void measure() {
        connected = metrics.times("parley_database_connection_seconds",
                "How long the pool took to hand out a database connection, of the one that each second's trial write takes.");
        failed = metrics.count("parley_database_write_failures_total", "Trial writes, one a second, that the database or the pool refused.");
    }

    // The schema is there, so this can't fail; the first write shows whether the database takes any.
    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE + 1) Started started) {
        readAt = writtenAt = System.nanoTime();
        watching = true;
        thread = managed.named("parley-database").newThread(this::watch);
        thread.start();
    }

    /** Whether the database has not answered for more than 5 s. */
    public boolean isOutOfReach() {
        return watching && isLongAgo(readAt);
    }

    /** Why commands can't be stored, as the database or the driver says it; empty while writes succeed. */
    public Optional<String> trouble() {
        if (!watching || !isLongAgo(writtenAt)) {
            return Optional.empty();
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - writtenAt);
        String why = failure.isEmpty() ? "the database does not answer" : failure;
        return Optional.of("no write for " + seconds + " s: " + why);
    }

    private static boolean isLongAgo(long moment) {
        return System.nanoTime() - moment > LONGEST_SILENCE;
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                write();
                tell();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        long begun = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            connected.took(System.nanoTime() - begun);
            // One that was handed out by a broken pool may be in any state.
            connection.setAutoCommit(false);
            try {
                TrialWrite.read(connection);
                readAt = System.nanoTime();
                TrialWrite.write(connection, settings.instance().name(), settings.instance().build());
                connection.commit();
                writtenAt = System.nanoTime();
                failure = "";
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException | RuntimeException refused) {
            failed.one();
            failure = String.valueOf(refused.getMessage()).strip();
        }
    }

    private void tell() {
        Optional<String> trouble = trouble();
        if (trouble.isPresent() && !told) {
            LOG.warning("This instance is not ready: " + trouble.get());
        } else if (trouble.isEmpty() && told) {
            LOG.info("The database takes writes again; this instance is ready");
        }
        told = trouble.isPresent();
    }

    @PreDestroy
    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
