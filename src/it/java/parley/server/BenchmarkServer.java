package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A server with {@code target/parley.war} for the benchmarks: an empty PostgreSQL, no limits. PostgreSQL is a child of this JVM and
 * inherits its CPU affinity; the server's affinity is set on its own. One at a time.
 */
public final class BenchmarkServer implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path FOLDER = TARGET.resolve("bench");

    private final Domain domain;
    private final Payara server;

    private BenchmarkServer(Domain domain, Payara server) {
        this.domain = domain;
        this.server = server;
    }

    /**
     * Starts the server and waits until it is ready.
     *
     * @param launcher a command prefix such as {@code taskset -c 0}; empty for none
     */
    public static BenchmarkServer start(List<String> launcher) {
        return start(launcher, Map.of());
    }

    /** The same with further settings. */
    public static BenchmarkServer start(List<String> launcher, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("parley.limits", "off");
        Ports ports = Ports.free();
        Domain domain = domain();
        try {
            domain.database().wipe();
            domain.prepare(ports, progress -> { });
            Payara server = Payara.start(domain, ports, launcher, all);
            server.deploy(TARGET.resolve("parley.war"));
            server.awaitReady();
            return new BenchmarkServer(domain, server);
        } catch (CannotRun why) {
            domain.database().close();
            throw why;
        }
    }

    private static Domain domain() {
        try {
            return new Domain(TARGET.resolve("payara7"), Files.createDirectories(FOLDER), Path.of("server-config"), "postgresql");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The base URL: {@code http://localhost:<port>/parley}. */
    public URI base() {
        return server.base();
    }

    /** The server process. */
    public ProcessHandle process() {
        return server.process();
    }

    /** A connection to PostgreSQL, independent of the server. */
    public Connection databaseConnection() throws SQLException {
        return ((Database.PostgreSql) domain.database()).connect();
    }

    /** The private key of the development issuer as a JWK (RFC 7517). */
    public String issuerKey() {
        try {
            return Files.readString(domain.folder().resolve("config/development-issuer.jwk"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops both processes and deletes the data. */
    @Override
    public void close() {
        server.close();
        domain.database().close();
        Folders.delete(FOLDER.resolve("postgresql"));
    }
}
