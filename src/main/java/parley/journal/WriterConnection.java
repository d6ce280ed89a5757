package parley.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A writer's own connection to PostgreSQL, with the settings of the connection pool but outside of it: the pool would add a statement to
 * every commit. Other databases have none. It is opened only after the pool has shown that the database works, so that a database that is
 * away delays no command twice. For one thread.
 */
final class WriterConnection {

    private static final Logger LOG = Logger.getLogger(WriterConnection.class.getName());
    private static final long CHECKED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(64);
    private static final int CHECK_SECONDS = 2;
    // Planning the statement of a commit takes longer than running it. The plan is kept, so it must suit tables that have grown since.
    private static final String PLANS = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off";

    private final DataSource pool;
    private Connection connection;
    private boolean allowed;
    private boolean postgreSql = true;
    private long usedAt;
    private long failedAt;
    /** How long to wait after a failure, in nanoseconds. */
    private long pause;

    WriterConnection(DataSource pool) {
        this.pool = pool;
    }

    /** The connection, in auto-commit mode; empty if there is none now. */
    Optional<Connection> get() {
        try {
            if (connection != null && System.nanoTime() - usedAt > CHECKED_AFTER_NANOS && !connection.isValid(CHECK_SECONDS)) {
                close();
            }
            if (connection == null && postgreSql && allowed && System.nanoTime() - failedAt >= pause) {
                open();
            }
            usedAt = System.nanoTime();
            return Optional.ofNullable(connection);
        } catch (SQLException | RuntimeException failed) {
            failed();
            LOG.log(Level.WARNING, "A journal writer could not open a connection of its own and uses the pool for {0} s: {1}",
                    new Object[] {TimeUnit.NANOSECONDS.toSeconds(pause), failed.getMessage()});
            return Optional.empty();
        }
    }

    // The pool of the server is a wrapper of the driver's data source, which has the configured properties.
    private void open() throws SQLException {
        DataSource driver = pool.isWrapperFor(DataSource.class) ? pool.unwrap(DataSource.class) : pool;
        postgreSql = driver.getClass().getName().startsWith("org.postgresql.");
        if (postgreSql) {
            connection = driver.getConnection();
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            try (Statement settings = connection.createStatement()) {
                settings.execute(PLANS);
            }
        }
    }

    /** The pool has just committed. */
    void poolWorks() {
        allowed = true;
    }

    /** A statement on the connection was committed. */
    void works() {
        pause = 0;
    }

    /** Closes the connection. The next one is opened after a pause that doubles up to 64 s, and after the pool has committed again. */
    void failed() {
        close();
        allowed = false;
        failedAt = System.nanoTime();
        pause = Math.min(Math.max(SHORTEST_PAUSE_NANOS, 2 * pause), LONGEST_PAUSE_NANOS);
    }

    /** Closes the connection; {@link #get} may open another. */
    void close() {
        Connection closing = connection;
        connection = null;
        if (closing != null) {
            try {
                closing.close();
            } catch (SQLException broken) {
                LOG.log(Level.FINE, "Closing a broken connection", broken);
            }
        }
    }
}
