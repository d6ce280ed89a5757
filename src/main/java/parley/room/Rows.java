package parley.room;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Writes many rows with one statement, in the running transaction and past the entities: what each message costs. An entity
 * a row costs the server several times the row itself, so the tables that grow with every message are written this way, and
 * all others by JPA.
 */
public final class Rows {

    /** Puts the values of a row into the statement's places. */
    public interface Binding<T> {
        /** Called once a row. */
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    /** Something done with the transaction's own connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private Rows() {
    }

    /** Runs the statement for each of these rows, all in one batch. A {@link PersistenceException} when the database refuses. */
    public static <T> void write(EntityManager em, String sql, Collection<T> rows, Binding<T> binding) {
        if (rows.isEmpty()) {
            return;
        }
        onConnection(em, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (T row : rows) {
                    binding.bind(statement, row);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    static <T> T onConnection(EntityManager em, Work<T> work) {
        try {
            return work.with(em.unwrap(Connection.class));
        } catch (SQLException refused) {
            throw new PersistenceException(refused);
        }
    }
}
