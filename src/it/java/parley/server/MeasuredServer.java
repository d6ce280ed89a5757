package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A Payara with {@code target/parley.war} on an empty PostgreSQL and without limits, for the benchmarks. PostgreSQL is a child of this JVM and
 * runs on the cores that this JVM may use at that moment; the server runs where it is told. One at a time.
 */
public final class MeasuredServer implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path FOLDER = TARGET.resolve("bench");

    private final Domain domain;
    private final Payara server;

    private MeasuredServer(Domain domain, Payara server) {
        this.domain = domain;
        this.server = server;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param by a command that runs the server's behind its own arguments, such as {@code taskset -c 0}; empty for none
     */
    public static MeasuredServer start(List<String> by) {
        Ports ports = Ports.free();
        Domain domain = domain();
        try {
            domain.database().wipe();
            domain.prepare(ports, progress -> { });
            Payara server = Payara.start(domain, ports, by, Map.of("parley.limits", "off"));
            server.deploy(TARGET.resolve("parley.war"));
            server.awaitReady();
            return new MeasuredServer(domain, server);
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

    /** Where the application is: {@code http://localhost:<port>/parley}. */
    public URI base() {
        return server.base();
    }

    /** The server's process. */
    public ProcessHandle process() {
        return server.process();
    }

    /** A connection of one's own to PostgreSQL, beside the server. */
    public Connection databaseConnection() throws SQLException {
        return ((Database.PostgreSql) domain.database()).connect();
    }

    /** The development issuer's key, private part and all (RFC 7517). */
    public String issuersKey() {
        try {
            return Files.readString(domain.folder().resolve("config/development-issuer.jwk"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops both and removes what they stored. */
    @Override
    public void close() {
        server.close();
        domain.database().close();
        Folders.delete(FOLDER.resolve("postgresql"));
    }
}
