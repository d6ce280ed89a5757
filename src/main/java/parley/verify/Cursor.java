package parley.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The rows of a query, some hundred of them in memory at a time. For one thread. */
final class Cursor<T> implements Iterator<T>, AutoCloseable {

    private static final int PAGE = 500;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final Reader<T> reader;
    private boolean hasNext;

    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    Cursor(Connection connection, Reader<T> reader, String sql, Object... arguments) throws SQLException {
        this.reader = reader;
        statement = connection.prepareStatement(sql);
        statement.setFetchSize(PAGE);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        rows = statement.executeQuery();
        hasNext = rows.next();
    }

    @Override
    public boolean hasNext() {
        return hasNext;
    }

    @Override
    public T next() {
        if (!hasNext) {
            throw new NoSuchElementException();
        }
        try {
            T row = reader.read(rows);
            hasNext = rows.next();
            return row;
        } catch (SQLException failed) {
            throw new IllegalStateException("The database failed: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
