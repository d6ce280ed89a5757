package parley.health;

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
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Closed mode, for starting on a restored database: with {@code parley.closed=true} the instance serves administrators only, until one of
 * them renews the epoch of all rooms on any instance. Otherwise returning clients would resume at offsets that now belong to other events.
 */
@ApplicationScoped
class ClosedMode {

    private static final Logger LOG = Logger.getLogger(ClosedMode.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;

    private volatile boolean opened;
    private long renewalsAtStart;
    private long renewalSeenAt;
    private Loop loop;

    boolean isClosed() {
        return settings.instance().closed() && !opened;
    }

    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        if (isClosed()) {
            renewalsAtStart = renewals();
            LOG.warning("parley.closed is true: this instance serves only administrators until one of them renews the epoch of all rooms");
            loop = managed.repeat("epoch renewal", INTERVAL, this::check);
        }
    }

    private void check() {
        if (renewalSeenAt == 0 && renewals() != renewalsAtStart) {
            renewalSeenAt = System.nanoTime();
        }
        // This instance may cache views of rooms from before the renewal for this long.
        if (renewalSeenAt != 0 && System.nanoTime() - renewalSeenAt > settings.rooms().viewsFresh().toNanos()) {
            opened = true;
            LOG.info("The epoch of all rooms was renewed: this instance now serves everyone");
            loop.stop();
        }
    }

    private long renewals() {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("select times from epoch_renewal where id = 1")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Reading the number of epoch renewals from table epoch_renewal failed", e);
        }
    }
}
