package parley.health;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** What an instance writes to show that its commands could be stored: its own row, and nothing in the tables that they need. */
final class TrialWrite {

    /** The tables that a message needs. A lock that keeps messages out of one keeps these statements waiting too. */
    private static final List<String> TABLES = List.of("room", "room_event", "message", "membership");

    /** For how long the row of an instance stays that no longer writes. */
    private static final Duration KEPT = Duration.ofDays(30);

    private TrialWrite() {
    }

    static void read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    static void write(Connection connection, String node, String version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate("delete from " + table + " where 1 = 0");
            }
        }
        long now = System.currentTimeMillis();
        if (update(connection, node, version, now) == 0) {
            insert(connection, node, version, now);
        }
    }

    private static int update(Connection connection, String node, String version, long now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update instance set version = ?, seen_at = ? where node = ?")) {
            update.setString(1, version);
            update.setLong(2, now);
            update.setString(3, node);
            return update.executeUpdate();
        }
    }

    // A new one clears away those that nobody starts again, such as containers with names of their own.
    private static void insert(Connection connection, String node, String version, long now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from instance where seen_at < ?")) {
            delete.setLong(1, now - KEPT.toMillis());
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into instance (node, version, started_at, seen_at) values (?, ?, ?, ?)")) {
            insert.setString(1, node);
            insert.setString(2, version);
            insert.setLong(3, now);
            insert.setLong(4, now);
            insert.executeUpdate();
        }
    }
}
