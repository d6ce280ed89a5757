package parley.file;

import java.sql.Connection;
import java.sql.SQLException;
import parley.sql.Statements;

/**
 * Deletes files with their bytes, in the running transaction. An object in the bucket becomes garbage, which the sweep collects.
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
        String ids = " in (select id from file where " + condition + ")";
        Statements.update(connection, "insert into file_garbage (file) select id from file where in_bucket and " + condition, arguments);
        Statements.update(connection, "delete from file_chunk where file" + ids, arguments);
        Statements.update(connection, "delete from file_thumbnail where file" + ids, arguments);
        return Statements.update(connection, "delete from file where " + condition, arguments);
    }
}
