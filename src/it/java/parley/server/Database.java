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

/** The database under a server: the embedded one in its own process, or a real PostgreSQL beside it. */
sealed interface Database extends AutoCloseable {

    /** The file of {@code server-config/} that makes the server's pool for it. */
    String configuration();

    /** What the server process finds in its environment. */
    Map<String, String> environment();

    /** Gives a domain what it needs before it starts. */
    void prepare(Path domain);

    /** Removes every room and message. Only while no server uses it. */
    void wipe();

    @Override
    void close();

    /**
     * The database of that name, started.
     *
     * @param name {@code h2} or {@code postgresql}
     * @param folder where the data of PostgreSQL lies; the embedded database's lies in the domain
     */
    static Database open(String name, Path folder, Path domain) {
        return switch (name) {
            case "h2" -> new H2(domain.resolve("parley"));
            case "postgresql" -> new PostgreSql(folder.resolve("postgresql"));
            default -> throw new CannotRun("There is no database " + name + "; -Ddb= takes h2 or postgresql.");
        };
    }

    /** H2 in the server's process, in a file of the domain. */
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
            // The server brings the driver.
        }

        @Override
        public void wipe() {
            Folders.delete(file);
        }

        @Override
        public void close() {
            // It closes with the server.
        }
    }

    /** PostgreSQL from Maven Central, as a child process of this JVM, on a free port of loopback. */
    final class PostgreSql implements Database {
        private static final String USER = "postgres";
        private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

        private final Path data;
        /** Always the same. */
        private final int port = Ports.anyFree();
        private EmbeddedPostgres server;

        PostgreSql(Path data) {
            this.data = data;
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

        private Path postmasterFile() {
            return data.resolve("postmaster.pid");
        }

        Optional<ProcessHandle> postmaster() {
            try {
                return ProcessHandle.of(Long.parseLong(Files.readAllLines(postmasterFile()).getFirst().strip()));
            } catch (IOException stopped) {
                return Optional.empty();
            }
        }

        // The embedding waits for 5 s, and then tells its log alone that PostgreSQL still runs. The file is the last that goes; in a
        // container whose first process does not look after orphans, the process stays as a zombie.
        private void awaitEnd(ProcessHandle postmaster) {
            long end = System.nanoTime() + LONGEST_STOP.toNanos();
            while (postmaster.isAlive() && Files.exists(postmasterFile())) {
                if (System.nanoTime() > end) {
                    throw new CannotRun("PostgreSQL did not stop within " + LONGEST_STOP.toSeconds() + " s; its process is " + postmaster.pid() + ".");
                }
                try {
                    Thread.sleep(50);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        /** Where it listens on loopback. */
        int port() {
            return port;
        }

        /** The environment of a server that comes by another port of loopback, which leads to this one's. */
        Map<String, String> environment(int by) {
            var environment = new HashMap<>(environment());
            environment.compute("PARLEY_DATABASE_URL", (name, url) -> url.replace(":" + port + "/", ":" + by + "/"));
            return environment;
        }

        Connection connect() throws SQLException {
            return server.getPostgresDatabase().getConnection();
        }

        void start() {
            try {
                // The embedding switches both off by default, and then a commit is no promise.
                server = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
                        .setPort(port).setDataDirectory(data).setCleanDataDirectory(false)
                        .setPGStartupWait(Duration.ofSeconds(30)).setRegisterShutdownHook(true).start();
            } catch (IOException | IllegalStateException e) {
                throw new CannotRun("PostgreSQL did not start: " + e.getMessage());
            }
        }
    }
}
