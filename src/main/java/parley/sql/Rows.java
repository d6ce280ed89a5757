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
        if (!rows.isEmpty()) {
            onConnection(em, connection -> {
                try (PreparedStatement statement = connection.prepareStatement(insertion())) {
                    // A parameter is all values of a column.
                    for (int i = 0; i < columns.size(); i++) {
                        Column<T> column = columns.get(i);
                        statement.setArray(i + 1, connection.createArrayOf(column.type(), column.of(rows)));
                    }
                    return statement.executeUpdate();
                }
            });
        }
    }

    private String insertion() {
        return "insert into " + table + columns.stream().map(Column::name).collect(Collectors.joining(", ", " (", ")"))
                + " select * from unnest" + columns.stream().map(column -> "cast(? as " + column.type() + " array)")
                .collect(Collectors.joining(", ", "(", ")"));
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
