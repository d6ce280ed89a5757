package parley.sql;

import static org.awaitility.Awaitility.await;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Tables in memory, and transactions that run beside each other. */
public final class Tables {

    private static final Path MIGRATIONS = Path.of(System.getProperty("basedir", ""), "src/main/resources/db/migration");
    private static final int LONGEST_WAIT_MILLIS = 20_000;

    private final String url;

    /** New tables. */
    public Tables() {
        this("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    /** The tables at this URL of H2. */
    public Tables(String url) {
        this.url = url + ";LOCK_TIMEOUT=" + LONGEST_WAIT_MILLIS;
    }

    /** A transaction that has not ended. Closing it rolls it back. */
    public static final class Running implements AutoCloseable {
        private final Connection connection;

        private Running(Connection connection) {
            this.connection = connection;
        }

        /** The connection of the transaction. */
        public Connection connection() {
            return connection;
        }

        /** An entity manager that has only the connection. */
        public EntityManager em() {
            return (EntityManager) Proxy.newProxyInstance(Tables.class.getClassLoader(), new Class<?>[] {EntityManager.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("unwrap")) {
                            return connection;
                        }
                        throw new UnsupportedOperationException(method.getName());
                    });
        }

        /** Executes a statement. */
        public void execute(String sql) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException refused) {
                throw new PersistenceException(refused);
            }
        }

        /** Ends the transaction. */
        public void commit() {
            try {
                connection.commit();
            } catch (SQLException refused) {
                throw new PersistenceException(refused);
            }
        }

        @Override
        public void close() {
            try {
                connection.rollback();
                connection.close();
            } catch (SQLException broken) {
                throw new PersistenceException(broken);
            }
        }
    }

    /** Executes these statements. */
    public void execute(String... statements) {
        run(running -> {
            for (String sql : statements) {
                running.execute(sql);
            }
        });
    }

    /** Executes this file of the migrations. */
    public void migrate(String file) {
        try {
            execute(Files.readString(MIGRATIONS.resolve(file)));
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Begins a transaction. */
    public Running begin() {
        try {
            Connection connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
            return new Running(connection);
        } catch (SQLException refused) {
            throw new PersistenceException(refused);
        }
    }

    /** Does the work in a transaction. */
    public void run(Consumer<Running> work) {
        try (Running running = begin()) {
            work.accept(running);
            running.commit();
        }
    }

    /** The same on another thread. */
    public CompletableFuture<Void> runBeside(Consumer<Running> work) {
        return CompletableFuture.runAsync(() -> run(work), task -> Thread.ofPlatform().daemon().start(task));
    }

    /** Waits until a transaction waits for the lock of another one. */
    public void awaitBlocked() {
        await().until(() -> number("select count(*) from information_schema.sessions where blocker_id is not null") > 0);
    }

    /** Does the first work in a transaction, and the second one in another, which has to wait until the first one commits. */
    public void runInTurns(Consumer<Running> first, Consumer<Running> second) {
        CompletableFuture<Void> waiting;
        try (Running running = begin()) {
            first.accept(running);
            waiting = runBeside(second);
            awaitBlocked();
            running.commit();
        }
        waiting.join();
    }

    /** The number that a query finds. */
    public long number(String sql) {
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement();
             ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException refused) {
            throw new PersistenceException(refused);
        }
    }
}
