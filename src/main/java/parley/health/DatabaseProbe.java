package parley.health;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** The statements that show whether commands could be stored. They update this instance's row in table {@code instance}. */
final class DatabaseProbe {

    /** The tables that a message is written to. The probe deletes no rows from them, but waits for the same locks as a message. */
    private static final List<String> TABLES = List.of("room", "room_event", "message", "membership");

    /** How long the row of a stopped instance is kept. */
    private static final Duration ROW_RETENTION = Duration.ofDays(30);

    /** An instance whose row is older than this is not running. */
    private static final Duration RUNNING = Duration.ofSeconds(15);

    /** An instance whose row is older than this does not come back, also not after the database was away. */
    private static final Duration GONE = Duration.ofMinutes(10);

    /** Which kinds of events this version reads. Raise it with every new kind; 2 added editing, reactions and pins, 3 direct rooms. */
    private static final int EVENT_KINDS = 3;

    /** What this version reads: all these events, and with 4 also messages that are only in the log. */
    private static final int READS = 4;

    private DatabaseProbe() {
    }

    static void read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    static void write(Connection connection, String instance, String version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate("delete from " + table + " where 1 = 0");
            }
        }
        long now = System.currentTimeMillis();
        if (update(connection, instance, version, now) == 0) {
            insert(connection, instance, version, now);
        }
    }

    // An older version updates the time alone, which shows that the kinds are not its own.
    static boolean areEventsReadByAll(Connection connection) throws SQLException {
        return isReadByAll(connection, EVENT_KINDS, RUNNING);
    }

    /** Whether every instance that may be running reads messages that are only in the log. */
    static boolean isLogReadByAll(Connection connection) throws SQLException {
        return isReadByAll(connection, READS, GONE);
    }

    private static boolean isReadByAll(Connection connection, int reads, Duration since) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select 1 from instance where seen_at > ? and (event_kinds < ? or event_kinds_at <> seen_at)""")) {
            query.setLong(1, System.currentTimeMillis() - since.toMillis());
            query.setInt(2, reads);
            try (ResultSet older = query.executeQuery()) {
                return !older.next();
            }
        }
    }

    private static int update(Connection connection, String instance, String version, long now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update instance set version = ?, seen_at = ?, event_kinds = ?, event_kinds_at = ? where node = ?""")) {
            update.setString(1, version);
            update.setLong(2, now);
            update.setInt(3, READS);
            update.setLong(4, now);
            update.setString(5, instance);
            return update.executeUpdate();
        }
    }

    // A new instance removes the rows of instances that never restart, such as containers with generated names.
    private static void insert(Connection connection, String instance, String version, long now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from instance where seen_at < ?")) {
            delete.setLong(1, now - ROW_RETENTION.toMillis());
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                """
                insert into instance (node, version, started_at, seen_at, event_kinds, event_kinds_at) values (?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, instance);
            insert.setString(2, version);
            insert.setLong(3, now);
            insert.setLong(4, now);
            insert.setInt(5, READS);
            insert.setLong(6, now);
            insert.executeUpdate();
        }
    }
}
