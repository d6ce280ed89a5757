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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server that all integration tests share: {@code target/parley.war} deployed as {@code /parley} with an initially empty database.
 * It starts before the first test and ends with this JVM. A test that stops it must start it again. Tests run one at a time.
 */
public final class TestServer {
    /** The tests use few users and one address, so they would exceed the default limits. Their push services are on this machine. */
    private static final Map<String, String> FOR_TESTS = Map.of("parley.limits.address.handshakes", "1000000",
            "parley.limits.user.connections", "10000", "parley.limits.user.commands", "100000000", "parley.limits.user.refusals", "1000000",
            "parley.limits.user.calls", "1000000", "parley.limits.address.calls", "1000000", "parley.limits.user.rooms", "1000000",
            "parley.limits.user.memberships", "1000000", "parley.push.allowed-hosts", "localhost", "parley.mail.session", "mail/parley");
    private static final Map<String, String> CALLS = Map.of("parley.calls.grace-seconds", "4", "parley.turn.urls",
            "turn:turn.example:3478,turns:turn.example:5349?transport=tcp", "parley.turn.secret", "a-secret-of-the-tests",
            "parley.conference.url", "https://meet.example/", "parley.conference.key", "parley", "parley.conference.secret",
            "a-secret-of-the-tests-with-32-characters");
    /** The token of the company's directory. */
    public static final String SCIM_TOKEN = "a-token-of-the-tests-with-32-characters";
    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();

    private static final int PORTAL_PORT = Ports.anyFree();
    private static final int PAGES_PORT = Ports.anyFree();
    private static final int HOOKS_PORT = Ports.anyFree();

    private static Domain domain;
    private static Ports ports;
    private static Payara server;

    private TestServer() {
    }

    /** The base URL: {@code http://localhost:<port>/parley}. */
    public static URI base() {
        return server.base();
    }

    /** The port of {@code localhost} whose pages may call the server by default. */
    public static int portalPort() {
        return PORTAL_PORT;
    }

    /** The port of {@code localhost} whose pages the server previews by default. It previews no others. */
    public static int pagesPort() {
        return PAGES_PORT;
    }

    /** The port of {@code localhost} that webhooks may post to by default. All other receivers must be public. */
    public static int hooksPort() {
        return HOOKS_PORT;
    }

    /** The WebSocket URL of this path below {@code /parley}. */
    public static URI socket(String path) {
        return URI.create("ws://localhost:" + ports.http() + "/parley" + path);
    }

    /** The folder of the server for imports. */
    public static Path imports() {
        try {
            return Files.createDirectories(TARGET.resolve("it").resolve("imports"));
        } catch (IOException e) {
            throw new CannotRun("Could not create a folder: " + e);
        }
    }

    /** The server log since the last start. */
    public static Path log() {
        return domain.log();
    }

    /** The log after this size of the file; the whole log if the file was rotated meanwhile. */
    public static String logSince(long size) throws IOException {
        byte[] all = Files.readAllBytes(log());
        int from = all.length < size ? 0 : (int) size;
        return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    }

    /** The database of the server: {@code h2} or {@code postgresql}. */
    public static String database() {
        return System.getProperty("parley.db", "h2");
    }

    /** Stops PostgreSQL and keeps its data. */
    public static void stopDatabase() {
        postgreSql().close();
    }

    /** Starts PostgreSQL again on the same port and data. */
    public static void startDatabase() {
        postgreSql().start();
    }

    /** A connection to PostgreSQL, independent of the server. */
    public static Connection databaseConnection() throws SQLException {
        return postgreSql().connect();
    }

    private static Database.PostgreSql postgreSql() {
        return (Database.PostgreSql) domain.database();
    }

    /** The CPU time of the server since the last start, summed over all cores. */
    public static Duration processorTime() {
        return server.process().info().totalCpuDuration().orElseThrow();
    }

    /** The server process since the last start. */
    public static ProcessHandle process() {
        return server.process();
    }

    /** The ports by purpose. */
    public static Map<String, Integer> listeningPorts() {
        return Map.of("HTTP", ports.http(), "administration", ports.admin());
    }

    /** The postmaster process of PostgreSQL. */
    public static ProcessHandle databaseProcess() {
        return postgreSql().postmaster().orElseThrow();
    }

    /** The port of PostgreSQL. */
    public static int databasePort() {
        return postgreSql().port();
    }

    /** The number of live objects of this class in the server, after a full garbage collection. */
    public static long instancesOf(String className) {
        return Jcmd.liveInstances(server.process(), className);
    }

    /** Kills the server, as a crash would. */
    public static void kill() {
        server.kill();
    }

    /** Stops the server gracefully. */
    public static void stop() {
        server.close();
    }

    /** Starts the stopped server on the same ports and database, and waits until it is ready. */
    public static void start() {
        start(Map.of());
    }

    /** The same with these application settings. */
    public static void start(Map<String, String> settings) {
        server = launch(settings);
        server.awaitReady();
    }

    /** Starts the stopped server without waiting until it is ready; see {@link #awaitReady}. */
    public static void startWithoutWaiting() {
        server = launch(Map.of());
    }

    /** Waits until all health checks are UP. */
    public static void awaitReady() {
        server.awaitReady();
    }

    /** Starts the stopped server without the development issuer, for this start only. */
    public static void startWithoutDevelopmentIssuer(Map<String, String> settings) {
        server = Payara.start(domain, ports, domain.preBootWithoutDevelopmentIssuer(ports), withDefaults(settings));
        server.awaitReady();
    }

    /** Deploys the same WAR again and waits until it is ready. */
    public static void redeploy() {
        server.deploy(TARGET.resolve("parley.war"));
        server.awaitReady();
    }

    /** Runs a command of asadmin on the running server, as an administrator would. */
    public static void administer(String command) {
        try {
            Path file = Files.writeString(TARGET.resolve("it").resolve("test.asadmin"), command + "\n");
            domain.asadmin().apply(file, ports.admin());
        } catch (IOException e) {
            throw new CannotRun("Could not write a file of commands: " + e);
        }
    }

    /** The command of {@code server-config/README.md} that creates the mail session, for an SMTP server without TLS. */
    public static String mailSessionOf(String host, int port, String password) {
        try {
            String page = Files.readString(TARGET.resolveSibling("server-config").resolve("README.md"));
            Matcher command = Pattern.compile("(?m)^asadmin (create-javamail-resource (?:.*\\\\\n)*.*)$").matcher(page);
            if (!command.find()) {
                throw new CannotRun("server-config/README.md has no command that creates a mail session.");
            }
            return command.group(1).replace("\\\n", "").replace("'", "").replace("smtp.example.com", host)
                    .replace("mail.smtp.port=587", "mail.smtp.port=" + port).replace("${ALIAS=parley-mail}", password)
                    .replaceAll(":mail\\.smtp\\.(starttls|ssl)\\.[a-z]+=true", "");
        } catch (IOException e) {
            throw new CannotRun("Could not read server-config/README.md: " + e);
        }
    }

    private static Payara launch(Map<String, String> settings) {
        return Payara.start(domain, ports, List.of(), withDefaults(settings));
    }

    /** Settings that preview the pages of this port of {@code localhost}, as an intranet would, and no others. */
    static Map<String, String> previewing(int port) {
        return Map.of("parley.features.previews", "on", "parley.previews.hosts", "localhost", "parley.previews.private-hosts",
                "localhost:" + port);
    }

    private static Map<String, String> withDefaults(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(FOR_TESTS);
        all.put("parley.allowed-origins", "http://localhost:" + PORTAL_PORT);
        all.putAll(previewing(PAGES_PORT));
        all.put("parley.hooks.allowed-hosts", "localhost:" + HOOKS_PORT);
        all.put("parley.hooks.timeout-seconds", "2");
        all.putAll(CALLS);
        all.put("parley.imports.folder", imports().toString());
        all.put("parley.scim.token", SCIM_TOKEN);
        all.put("parley.scim.rooms", "Crew*=crew");
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
            throw new CannotRun("Could not create a folder: " + e);
        }
        // Read by arquillian.xml.
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
