package parley.health;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.logging.Logger;
import javax.sql.DataSource;
import parley.settings.Settings;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;

/**
 * An instance that starts on a restored database with {@code parley.closed=true} serves administrators only, until one of them has
 * renewed the epoch of all rooms, on any instance. Otherwise the first people to come back would resume at offsets that
 * mean other events now.
 */
@ApplicationScoped
class ClosedMode {

    private static final Logger LOG = Logger.getLogger(ClosedMode.class.getName());
    private static final Duration EVERY = Duration.ofSeconds(1);

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;

    private volatile boolean opened;
    private long renewedAtStart;
    private long seenAt;
    private Thread thread;

    boolean isClosed() {
        return settings.instance().closed() && !opened;
    }

    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        if (isClosed()) {
            renewedAtStart = renewed();
            LOG.warning("parley.closed is true: this instance serves administrators only, until the epoch of all rooms is renewed");
            thread = managed.named("parley-closed").newThread(new PeriodicTask("the renewal of the epoch", EVERY, this::look));
            thread.start();
        }
    }

    private void look() {
        if (seenAt == 0 && renewed() != renewedAtStart) {
            seenAt = System.nanoTime();
        }
        // Until then this instance may still have a view of a room from before the renewal.
        if (seenAt != 0 && System.nanoTime() - seenAt > settings.rooms().viewsFresh().toNanos()) {
            opened = true;
            LOG.info("The epoch of all rooms was renewed: this instance is open");
            stop();
        }
    }

    private long renewed() {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("select times from epoch_renewal where id = 1")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("How often the epoch was renewed can't be read", e);
        }
    }

    @PreDestroy
    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
