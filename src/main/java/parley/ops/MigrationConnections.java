package parley.ops;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Wraps the connection pool for migrations and lifts its time limits, because changing a large table takes longer than a command may. The
 * limits are set in {@code server-config/postgresql.asadmin}; closing a connection restores them before it returns to the pool.
 */
final class MigrationConnections {

    private static final String[] LIMITS = {"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"};

    private MigrationConnections() {
    }

    /** A view of this pool whose PostgreSQL connections have no time limits. Other databases are unaffected. */
    static DataSource of(DataSource pool) {
        return (DataSource) Proxy.newProxyInstance(MigrationConnections.class.getClassLoader(), new Class<?>[] {DataSource.class},
                (self, method, arguments) -> {
                    try {
                        Object result = method.invoke(pool, arguments);
                        return result instanceof Connection connection ? withoutLimits(connection) : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static Connection withoutLimits(Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return connection;
        }
        int networkTimeout = connection.getNetworkTimeout();
        applyLimits(connection, "set ", " = 0", 0);
        return (Connection) Proxy.newProxyInstance(MigrationConnections.class.getClassLoader(), new Class<?>[] {Connection.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("close") && !connection.isClosed()) {
                        applyLimits(connection, "reset ", "", networkTimeout);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static void applyLimits(Connection connection, String prefix, String suffix, int networkTimeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String limit : LIMITS) {
                statement.execute(prefix + limit + suffix);
            }
        }
        connection.setNetworkTimeout(Runnable::run, networkTimeout);
    }
}
