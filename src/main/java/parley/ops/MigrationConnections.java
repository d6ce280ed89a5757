package parley.ops;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The pool's connections without its time limits, for migrations: one that changes a large table takes longer than a command may.
 * The limits come from {@code server-config/postgresql.asadmin}; a connection that goes back to the pool has them again.
 */
final class MigrationConnections {

    private static final String[] LIMITS = {"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"};

    private MigrationConnections() {
    }

    /** This pool, whose connections take as long as they like. */
    static DataSource of(DataSource pool) {
        return (DataSource) Proxy.newProxyInstance(MigrationConnections.class.getClassLoader(), new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(pool, arguments);
                        return result instanceof Connection connection ? patient(connection) : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static Connection patient(Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return connection;
        }
        int networkTimeout = connection.getNetworkTimeout();
        change(connection, "set ", " = 0", 0);
        return (Connection) Proxy.newProxyInstance(MigrationConnections.class.getClassLoader(), new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        change(connection, "reset ", "", networkTimeout);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static void change(Connection connection, String before, String after, int networkTimeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String limit : LIMITS) {
                statement.execute(before + limit + after);
            }
        }
        connection.setNetworkTimeout(Runnable::run, networkTimeout);
    }
}
