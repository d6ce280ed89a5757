package parley.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The database of a server: embedded H2 or a PostgreSQL in its own process. */
sealed interface Database extends AutoCloseable {

    /** The file of {@code server-config/} that creates the connection pool. */
    String configuration();

    /** Environment variables for the server process. */
    Map<String, String> environment();

    /** Prepares a domain before its first start. */
    void prepare(Path domain);

    /** Deletes all data. No server may be running. */
    void wipe();

    @Override
    void close();

    /**
     * Opens the database of this name and starts it.
     *
     * @param name {@code h2} or {@code postgresql}
     * @param folder parent of the PostgreSQL data; H2 stores its data in the domain
     */
    static Database open(String name, Path folder, Path domain) {
        return switch (name) {
            case "h2" -> new H2(domain.resolve("parley"));
            case "postgresql" -> new PostgreSql(folder.resolve("postgresql"));
            default -> throw new CannotRun("Unknown database " + name + ": -Ddb= must be h2 or postgresql.");
        };
    }

    /** H2 inside the server process, with its data in the domain. */
    record H2(Path file) implements Database {

        @Override
        public String configuration() {
            return "h2.asadmin";
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public void prepare(Path domain) {
            // Payara includes the driver.
        }

        @Override
        public void wipe() {
            Folders.delete(file);
        }

        @Override
        public void close() {
            // H2 ends with the server.
        }
    }

    /**
     * PostgreSQL on a free loopback port, as a child process of this JVM: binaries from Maven Central, or the installation that
     * {@code -Dparley.postgresql} names.
     */
    final class PostgreSql implements Database {
        private static final String USER = "postgres";
        private static final Optional<Path> INSTALLED = Optional.ofNullable(System.getProperty("parley.postgresql")).map(Path::of);
        // Long enough for a disk that many tests keep busy.
        private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
        private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

        private final Path data;
        /** The same after a restart. */
        private final int port = Ports.anyFree();
        private EmbeddedPostgres server;

        PostgreSql(Path data) {
            // A folder of its own: another version could not read these files.
            this.data = INSTALLED.map(folder -> data.resolveSibling(data.getFileName() + "-" + folder.getFileName())).orElse(data);
            start();
        }

        @Override
        public String configuration() {
            return "postgresql.asadmin";
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("PARLEY_DATABASE_URL", server.getJdbcUrl(USER, "postgres"), "PARLEY_DATABASE_USER", USER,
                    "PARLEY_DATABASE_PASSWORD", USER);
        }

        @Override
        public void prepare(Path domain) {
            try {
                File driver = new File(org.postgresql.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
                Path libraries = Files.createDirectories(domain.resolve("lib"));
                Files.copy(driver.toPath(), libraries.resolve("postgresql.jar"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void wipe() {
            close();
            Folders.delete(data);
            start();
        }

        @Override
        public void close() {
            Optional<ProcessHandle> postmaster = postmaster();
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postmaster.ifPresent(this::awaitEnd);
        }

        private Path pidFile() {
            return data.resolve("postmaster.pid");
        }

        Optional<ProcessHandle> postmaster() {
            try {
                return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile()).getFirst().strip()));
            } catch (IOException stopped) {
                return Optional.empty();
            }
        }

        // The library gives up after 5 s without an error. PostgreSQL deletes the file last; in a container without an init process
        // that reaps orphans, the process remains as a zombie.
        private void awaitEnd(ProcessHandle postmaster) {
            try {
                Awaitility.await().atMost(STOP_TIMEOUT).pollInterval(Duration.ofMillis(50))
                        .until(() -> !postmaster.isAlive() || Files.notExists(pidFile()));
            } catch (ConditionTimeoutException late) {
                throw new CannotRun("PostgreSQL did not stop within " + STOP_TIMEOUT.toSeconds() + " s (process " + postmaster.pid()
                        + ").");
            }
        }

        /** The port on loopback. */
        int port() {
            return port;
        }

        /** The environment of a server that connects through this relay port. */
        Map<String, String> environment(int relayPort) {
            var environment = new HashMap<>(environment());
            environment.compute("PARLEY_DATABASE_URL", (name, url) -> url.replace(":" + port + "/", ":" + relayPort + "/"));
            return environment;
        }

        Connection connect() throws SQLException {
            return server.getPostgresDatabase().getConnection();
        }

        void start() {
            try {
                // The library turns the first two off by default; then a commit would not be durable. The third is for
                // applications whose transactions have two resources.
                EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
                // A distribution's default folder of the socket is writable for its own user only.
                INSTALLED.map(InstalledPostgres::new).ifPresent(binaries -> builder.setPgBinaryResolver(binaries)
                        .setServerConfig("unix_socket_directories", System.getProperty("java.io.tmpdir")));
                server = builder.setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_prepared_transactions", "50")
                        .setPort(port).setDataDirectory(data).setCleanDataDirectory(false)
                        .setPGStartupWait(START_TIMEOUT).setRegisterShutdownHook(true).start();
            } catch (IOException | IllegalStateException e) {
                throw new CannotRun("PostgreSQL did not start: " + e.getMessage());
            }
        }
    }
}
