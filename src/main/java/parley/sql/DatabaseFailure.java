package parley.sql;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;

/** Tells what a failure means: that the database is unavailable, or that it refused the data. */
public final class DatabaseFailure {

    /**
     * SQLSTATEs (ISO/IEC 9075-2, table 33, and PostgreSQL's appendix A) of a database that can't do it now: 08 no connection, 25 read only
     * or in a broken transaction, 28 a password that is not taken, 3D no such database, 40 rolled back, 53 out of disk, memory or
     * connections, 55 locked or not ready, 57 stopping, starting or out of time, 58 an error of its disk, 90 no connection to H2, HY
     * something of the driver's.
     */
    private static final Set<String> AWAY = Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58", "90", "HY");

    private DatabaseFailure() {
    }

    /** Why the database can't do it now; empty when it is there and refuses, or when it is not the database that failed. */
    public static Optional<String> away(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && isAway(refused)) {
                return Optional.of(message(cause));
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the data or this program failed rather than the connection to the database: SQLSTATE classes 22 (data), 23 (integrity) and 40
     * (rollback, such as a deadlock), ISO/IEC 9075-2, table 33, or no {@link SQLException} at all.
     */
    public static boolean concernsData(Throwable thrown) {
        boolean database = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                if (state.startsWith("22") || state.startsWith("23") || state.startsWith("40")) {
                    return true;
                }
                database = true;
            }
        }
        return !database;
    }

    /** Whether the database role may not do this: SQLSTATE 42501 of PostgreSQL, 90096 of H2. */
    public static boolean isForbidden(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && Set.of("42501", "90096").contains(String.valueOf(refused.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    /** The message of the innermost cause that has one: what the database or the driver said. */
    public static String message(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    // The server's pool has no state for what it can't hand out.
    private static boolean isAway(SQLException refused) {
        String state = refused.getSQLState();
        return state == null || state.length() < 2 || AWAY.contains(state.substring(0, 2))
                || refused instanceof SQLTransientException || refused instanceof SQLNonTransientConnectionException;
    }
}
