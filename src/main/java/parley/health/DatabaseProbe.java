package parley.health;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /**
     * What this version knows. Raise it with every new kind of event or packet; 2 added editing, reactions and pins, 3 direct rooms, 4
     * messages that are only in the log, 5 gaps in the numbers of messages on the bus for packets that were not sent, and requests for the
     * presence of single rooms, 6 files, 7 previews of links, 8 documents, 9 calls, 10 removals that
     * can be undone, 11 evidence for what is removed, 12 logs that were rewritten.
     */
    static final int KINDS = 12;
    /** The lowest number of {@link #KINDS} whose versions read all events. */
    static final int ALL_EVENTS = 3;
    /** The lowest number of {@link #KINDS} whose versions read messages that are only in the log. */
    static final int LOG_ALONE = 4;
    /** The lowest number of {@link #KINDS} whose versions leave a gap for a packet that was not sent. */
    static final int GAPS = 5;
    /** The lowest number of {@link #KINDS} whose versions delete files with their message. */
    static final int FILES = 6;
    /** The lowest number of {@link #KINDS} whose versions read previews of links, and remove them with their message. */
    static final int PREVIEWS = 7;

    /** The lowest number of {@link #KINDS} whose versions read documents. */
    static final int DOCUMENTS = 8;

    /** The lowest number of {@link #KINDS} whose versions read the events and packets of calls. */
    static final int CALLS = 9;

    /**
     * The lowest number of {@link #KINDS} whose versions read the events of removals, keep what these delete, and obey who
     * may post in a room.
     */
    static final int MODERATION = 10;

    /** The lowest number of {@link #KINDS} whose versions record which sealed events they change. */
    static final int EVIDENCE = 11;

    /** The lowest number of {@link #KINDS} whose versions read that a log was rewritten, and recognize people who were erased. */
    static final int ERASURE = 12;

    private DatabaseProbe() {
    }

    static void read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    /** Returns the time that it writes, in milliseconds. */
    static long write(Connection connection, String instance, String version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate("delete from " + table + " where 1 = 0");
            }
        }
        long now = System.currentTimeMillis();
        if (update(connection, instance, version, now) == 0) {
            insert(connection, instance, version, now);
        }
        return now;
    }

    /**
     * Reads which instances run. Call it before {@link #write}, which changes this instance's row.
     *
     * @param lastWritten what {@link #write} returned last
     */
    static RunningInstances running(Connection connection, String instance, long lastWritten) throws SQLException {
        long now = System.currentTimeMillis();
        Set<String> others = new HashSet<>();
        int leastKinds = KINDS;
        int leastKindsToReturn = KINDS;
        long wroteAt = 0;
        try (PreparedStatement query = connection.prepareStatement("""
                select node, seen_at, event_kinds, event_kinds_at from instance where seen_at > ? or node = ?""")) {
            query.setLong(1, now - GONE.toMillis());
            query.setString(2, instance);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    long seenAt = rows.getLong(2);
                    if (rows.getString(1).equals(instance)) {
                        wroteAt = seenAt;
                        if (seenAt > lastWritten && lastWritten > 0) {
                            others.add(instance);
                        }
                    } else {
                        // An older version updates the time alone, which shows that the kinds are not its own.
                        int kinds = rows.getLong(4) == seenAt ? rows.getInt(3) : 1;
                        leastKindsToReturn = Math.min(leastKindsToReturn, kinds);
                        if (seenAt > now - RUNNING.toMillis()) {
                            others.add(rows.getString(1));
                            leastKinds = Math.min(leastKinds, kinds);
                        }
                    }
                }
            }
        }
        return new RunningInstances(Set.copyOf(others), leastKinds, leastKindsToReturn, wroteAt);
    }

    private static int update(Connection connection, String instance, String version, long now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update instance set version = ?, seen_at = ?, event_kinds = ?, event_kinds_at = ? where node = ?""")) {
            update.setString(1, version);
            update.setLong(2, now);
            update.setInt(3, KINDS);
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
            insert.setInt(5, KINDS);
            insert.setLong(6, now);
            insert.executeUpdate();
        }
    }
}
