package parley.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Writes many rows of one table with one statement, in the running transaction and without entities. An entity costs the server
 * several times as much as its row, and a parameter per value costs the database as much as storing the row. So tables that grow
 * with every message are written this way, and all others by JPA. Immutable once all columns are declared, then safe for every
 * thread.
 */
public final class Rows<T> {

    /** @param array makes an array of the values' own type, which PostgreSQL's driver sends in binary */
    private record Column<T>(String name, String type, Function<T, Object> value, IntFunction<Object[]> array) {

        Object[] of(Collection<T> rows) {
            return rows.stream().map(value).toArray(array);
        }
    }

    /** Something done with the transaction's own connection. */
    public interface Work<R> {
        R with(Connection connection) throws SQLException;
    }

    private final String table;
    private final List<Column<T>> columns = new ArrayList<>();

    private Rows(String table) {
        this.table = table;
    }

    /** Rows of this table, that have no columns yet. */
    public static <T> Rows<T> of(String table) {
        return new Rows<>(table);
    }

    /** Adds a text column; null is stored as null. */
    public Rows<T> text(String column, Function<T, String> value) {
        columns.add(new Column<>(column, "varchar", value::apply, String[]::new));
        return this;
    }

    /** Adds a column of whole numbers. */
    public Rows<T> number(String column, Function<T, Long> value) {
        columns.add(new Column<>(column, "bigint", value::apply, Long[]::new));
        return this;
    }

    /** Adds a column of true and false. */
    public Rows<T> flag(String column, Function<T, Boolean> value) {
        columns.add(new Column<>(column, "boolean", value::apply, Boolean[]::new));
        return this;
    }

    /** Inserts these. A {@link PersistenceException} when the database refuses. */
    public void insert(EntityManager em, Collection<T> rows) {
        Insertion<T> insertion = insertionOf(rows);
        if (!insertion.isEmpty()) {
            onConnection(em, connection -> {
                try (PreparedStatement statement = connection.prepareStatement(insertion.sql())) {
                    insertion.set(connection, statement, 1);
                    return statement.executeUpdate();
                }
            });
        }
    }

    /** The insertion of these rows, for a statement that does more. */
    public Insertion<T> insertionOf(Collection<T> rows) {
        return new Insertion<>(this, List.copyOf(rows));
    }

    /** Rows that are to be inserted. Each parameter of its SQL is all values of a column. */
    public record Insertion<T>(Rows<T> table, List<T> rows) {

        /** Whether there are no rows. */
        public boolean isEmpty() {
            return rows.isEmpty();
        }

        /** The statement that inserts all of them. The rows are called {@code added}, so that a condition can follow. */
        public String sql() {
            String parameters = table.columns.stream().map(column -> "cast(? as " + column.type() + " array)")
                    .collect(Collectors.joining(", ", "(", ")"));
            return "insert into " + table.table + table.names() + " select added.* from unnest" + parameters + " as added" + table.names();
        }

        /** Sets the parameters from this index on, and returns the index after them. */
        public int set(Connection connection, PreparedStatement statement, int first) throws SQLException {
            int index = first;
            for (Column<T> column : table.columns) {
                statement.setArray(index++, connection.createArrayOf(column.type(), column.of(rows)));
            }
            return index;
        }
    }

    private String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", ", " (", ")"));
    }

    /** Does this with the running transaction's own connection. A {@link PersistenceException} when the database refuses. */
    public static <R> R onConnection(EntityManager em, Work<R> work) {
        try {
            return work.with(em.unwrap(Connection.class));
        } catch (SQLException refused) {
            throw new PersistenceException(refused);
        }
    }
}
