package parley.server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one Payara of a test run, with {@code target/parley.war} deployed as {@code /parley} and an empty database. It runs from
 * before the first integration test until after the last. A test that stops it must start it again; tests run one at a time.
 */
public final class TestServer {
    /** One address and few people do here in a minute what an installation does in a day. */
    private static final Map<String, String> GENEROUS = Map.of("parley.limits.address.handshakes", "1000000",
            "parley.limits.user.connections", "10000", "parley.limits.user.commands", "100000000", "parley.limits.user.refusals", "1000000",
            "parley.limits.user.calls", "1000000", "parley.limits.address.calls", "1000000", "parley.limits.user.rooms", "1000000",
            "parley.limits.user.memberships", "1000000");
    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

    private static Domain domain;
    private static Ports ports;
    private static Payara server;

    private TestServer() {
    }

    /** Where the application is: {@code http://localhost:<port>/parley}. */
    public static URI base() {
        return server.base();
    }

    /** The same as a WebSocket address with this path below {@code /parley}. */
    public static URI socket(String path) {
        return URI.create("ws://localhost:" + ports.http() + "/parley" + path);
    }

    /** The server's log since it was started last. */
    public static Path log() {
        return domain.log();
    }

    /** What the log got since its file had this size, or what is in a file that took its place meanwhile. */
    public static String logSince(long size) throws IOException {
        byte[] all = Files.readAllBytes(log());
        int from = all.length < size ? 0 : (int) size;
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    /** The database under it: {@code h2} or {@code postgresql}. */
    public static String database() {
        return System.getProperty("parley.db", "h2");
    }

    /** Stops PostgreSQL; its data stays. */
    public static void stopDatabase() {
        postgreSql().close();
    }

    /** Starts the stopped PostgreSQL where it was. */
    public static void startDatabase() {
        postgreSql().start();
    }

    /** A connection of one's own to PostgreSQL, beside the server. */
    public static Connection databaseConnection() throws SQLException {
        return postgreSql().connect();
    }

    private static Database.PostgreSql postgreSql() {
        return (Database.PostgreSql) domain.database();
    }

    /** The processor time that the server has used since it was started last, all cores together. */
    public static Duration processorTime() {
        return server.process().info().totalCpuDuration().orElseThrow();
    }

    /** The server's process since it was started last. */
    public static ProcessHandle process() {
        return server.process();
    }

    /** Where it listens, by what for. */
    public static Map<String, Integer> listens() {
        return Map.of("HTTP", ports.http(), "administration", ports.admin());
    }

    /** PostgreSQL's process. */
    public static ProcessHandle databaseProcess() {
        return postgreSql().postmaster().orElseThrow();
    }

    /** Where PostgreSQL listens. */
    public static int databasePort() {
        return postgreSql().port();
    }

    /** How many objects of this class live in the server, after a full collection. */
    public static long instancesOf(String className) {
        return LiveHeap.instances(server.process(), className);
    }

    /** Ends the server at once, as a crash would. */
    public static void kill() {
        server.kill();
    }

    /** Stops the server cleanly, as Ctrl-C or an administrator would. */
    public static void stop() {
        server.close();
    }

    /** Starts the stopped server on the same ports and database, and waits until it is ready. */
    public static void start() {
        start(Map.of());
    }

    /** The same with these settings of the application. */
    public static void start(Map<String, String> settings) {
        server = launch(settings);
        server.awaitReady();
    }

    /** The same without waiting until it is ready, which it may not become; see {@link #awaitReady}. */
    public static void startUnready() {
        server = launch(Map.of());
    }

    /** Waits until every health check says UP. */
    public static void awaitReady() {
        server.awaitReady();
    }

    /** The same, and nobody is signed in under any name; as usual again at the next start. */
    public static void startWithoutDevelopmentIssuer(Map<String, String> settings) {
        server = Payara.start(domain, ports, domain.preBootWithoutDevelopmentIssuer(ports), withGenerousLimits(settings));
        server.awaitReady();
    }

    /** Deploys the same WAR in place of the one that is there, and waits until it is ready. */
    public static void deployAgain() {
        server.deploy(TARGET.resolve("parley.war"));
        server.awaitReady();
    }

    private static Payara launch(Map<String, String> settings) {
        return Payara.start(domain, ports, List.of(), withGenerousLimits(settings));
    }

    private static Map<String, String> withGenerousLimits(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(GENEROUS);
        all.putAll(settings);
        return all;
    }

    static synchronized void open() {
        if (server != null) {
            return;
        }
        try {
            ports = Ports.free();
            domain = new Domain(TARGET.resolve("payara7"), Files.createDirectories(TARGET.resolve("it").resolve(database())),
                    TARGET.resolveSibling("server-config"), database());
            domain.database().wipe();
            domain.prepare(ports, progress -> { });
        } catch (IOException e) {
            throw new CannotRun("A folder can't be made: " + e);
        }
        // arquillian.xml refers to these.
        System.setProperty("parley.http.port", "" + ports.http());
        System.setProperty("parley.admin.port", "" + ports.admin());
        server = launch(Map.of());
        server.deploy(TARGET.resolve("parley.war"));
        server.awaitReady();
    }

    static Domain domain() {
        return domain;
    }

    static Ports ports() {
        return ports;
    }
}
