package parley.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements on tables without entities, in the running transaction. Arguments take the places of the question marks in order: strings,
 * numbers, booleans, arrays of strings, of longs or of booleans, or null. Each throws a {@link PersistenceException} if the database
 * refuses.
 */
public final class Statements {

    /** Reads one row of a result. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private Statements() {
    }

    /** Inserts, updates or deletes, and returns the number of rows. */
    public static int update(EntityManager em, String sql, Object... arguments) {
        return Rows.onConnection(em, connection -> update(connection, sql, arguments));
    }

    /** The same on any connection. */
    public static int update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(connection, statement, arguments);
            return statement.executeUpdate();
        }
    }

    /** The rows that a query finds, in its order. */
    public static <T> List<T> query(EntityManager em, RowReader<T> reader, String sql, Object... arguments) {
        return Rows.onConnection(em, connection -> query(connection, reader, sql, arguments));
    }

    /** The same on any connection. */
    public static <T> List<T> query(Connection connection, RowReader<T> reader, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(connection, statement, arguments);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return found;
        }
    }

    /** Whether a query finds a row. */
    public static boolean finds(EntityManager em, String sql, Object... arguments) {
        return !query(em, row -> true, sql, arguments).isEmpty();
    }

    /** Sets the first parameters of a statement on any connection. */
    public static void set(Connection connection, PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case String[] texts -> statement.setArray(i + 1, connection.createArrayOf("varchar", texts));
                case Long[] numbers -> statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
                case Boolean[] flags -> statement.setArray(i + 1, connection.createArrayOf("boolean", flags));
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                case null, default -> statement.setObject(i + 1, arguments[i]);
            }
        }
    }
}
