package parley.ops;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The indexes of the log that no migration makes, because table {@code room_event} is large. On PostgreSQL, they are partial and made
 * concurrently: writers go on, and the instance that makes them starts when they are complete. An index that an interrupted attempt left
 * incomplete is made again. One instance makes them; others wait.
 */
final class LogIndexes {

    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.of("room_event_key", "key_hash",
            "room_event_thread", "room, thread_offset, log_offset"));
    private static final Map<String, String> PARTS = Map.of("room_event_key", "key_hash", "room_event_thread", "thread_offset");
    /** Identifies the lock among the advisory locks of the database: any number that nothing else uses. */
    private static final long LOCK = 7_305_241_930_611L;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private enum State { MISSING, INCOMPLETE, READY }

    private LogIndexes() {
    }

    /** Makes the indexes that are missing, without a time limit. */
    static void create(DataSource database) {
        try (Connection connection = MigrationConnections.of(database).getConnection()) {
            if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
                for (Map.Entry<String, String> index : COLUMNS.entrySet()) {
                    execute(connection, "create index if not exists " + index.getKey() + " on room_event (" + index.getValue() + ")");
                }
            } else if (!areReady(connection)) {
                createAlone(connection);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException("The indexes of the log can't be made: " + refused.getMessage(), refused);
        }
    }

    // Waits by asking again: a statement that waits for the lock would keep the index from becoming complete.
    private static void createAlone(Connection connection) throws SQLException {
        while (!locked(connection)) {
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new SQLException("The instance stops", "57014", stopped);
            }
        }
        try {
            for (String index : COLUMNS.keySet()) {
                create(connection, index);
            }
        } finally {
            execute(connection, "select pg_advisory_unlock(" + LOCK + ")");
        }
    }

    private static void create(Connection connection, String index) throws SQLException {
        State state = state(connection, index);
        if (state == State.INCOMPLETE) {
            execute(connection, "drop index concurrently " + index);
        }
        if (state != State.READY) {
            execute(connection, "create index concurrently " + index + " on room_event (" + COLUMNS.get(index) + ") where "
                    + PARTS.get(index) + " is not null");
        }
    }

    private static boolean areReady(Connection connection) throws SQLException {
        for (String index : COLUMNS.keySet()) {
            if (state(connection, index) != State.READY) {
                return false;
            }
        }
        return true;
    }

    private static State state(Connection connection, String index) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select indisvalid from pg_index where indexrelid = to_regclass(?)")) {
            query.setString(1, index);
            try (ResultSet row = query.executeQuery()) {
                return !row.next() ? State.MISSING : row.getBoolean(1) ? State.READY : State.INCOMPLETE;
            }
        }
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
