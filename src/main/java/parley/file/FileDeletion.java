package parley.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import parley.sql.Statements;

/**
 * Deletes files with their bytes, in the running transaction. An object in the bucket becomes garbage, which the sweep collects. Every
 * transaction locks a file before its chunks, and several files in the order of their ids, so that no two wait for each other.
 */
final class FileDeletion {

    private FileDeletion() {
    }

    /**
     * Deletes the files that a condition on table {@code file} finds, and returns their number.
     *
     * @param arguments of the condition
     */
    static int delete(Connection connection, String condition, Object... arguments) throws SQLException {
        return deleteLocked(connection, Statements.query(connection, row -> row.getString(1),
                "select id from file where " + condition + " order by id for update", arguments));
    }

    /** Deletes these files, which are locked, and returns their number. */
    static int deleteLocked(Connection connection, List<String> ids) throws SQLException {
        return delete(connection, "file", ids);
    }

    /** Deletes those of these files that are held, and returns their number. */
    static int deleteHeld(Connection connection, List<String> ids) throws SQLException {
        return delete(connection, "file_held", Statements.query(connection, row -> row.getString(1),
                "select id from file_held where id = any(?) order by id for update", (Object) ids.toArray(String[]::new)));
    }

    private static int delete(Connection connection, String table, List<String> ids) throws SQLException {
        if (!ids.isEmpty()) {
            Object files = ids.toArray(String[]::new);
            Statements.update(connection, "insert into file_garbage (file) select id from " + table + " where in_bucket and id = any(?)",
                    files);
            Statements.update(connection, "delete from file_chunk where file = any(?)", files);
            Statements.update(connection, "delete from file_thumbnail where file = any(?)", files);
            Statements.update(connection, "delete from " + table + " where id = any(?)", files);
        }
        return ids.size();
    }
}
