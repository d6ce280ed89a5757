package parley.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.server.BenchmarkServer;
import parley.server.Jcmd;

/** Parley on PostgreSQL with durable commits. */
final class Parley implements ServerUnderTest {

    private static final long TIMEOUT = TimeUnit.MINUTES.toNanos(1);
    private static final long POLL_INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

    private final BenchmarkServer server;
    private final TokenIssuer issuer;
    private final ParleyHttp http;

    private Parley(BenchmarkServer server) {
        this.server = server;
        this.issuer = new TokenIssuer(server.issuerKey());
        this.http = new ParleyHttp(server.base());
    }

    /** Starts Parley, PostgreSQL and this JVM on all cores. */
    static Parley onAllCores() {
        return new Parley(BenchmarkServer.start(List.of()));
    }

    /** The same with these settings. */
    static Parley onAllCores(Map<String, String> settings) {
        return new Parley(BenchmarkServer.start(List.of(), settings));
    }

    /** A measurement of a running Parley. */
    interface Measuring {
        void measure(Parley parley) throws Exception;
    }

    /** Runs a measurement with the server on its own core, and PostgreSQL and this JVM on the others. */
    static void onOwnCore(Measuring measuring) throws Exception {
        Cores.avoidServerCore();
        Console.progress("Starting Parley and PostgreSQL");
        try (var parley = new Parley(BenchmarkServer.start(Cores.pinToServerCore()))) {
            measuring.measure(parley);
        } finally {
            Cores.useAll();
        }
    }

    @Override
    public String name() {
        return "Parley";
    }

    /** The base URL: {@code http://localhost:<port>/parley}. */
    URI base() {
        return server.base();
    }

    @Override
    public InetSocketAddress address() {
        // Not localhost, which may resolve to another loopback address.
        return new InetSocketAddress("127.0.0.1", server.base().getPort());
    }

    @Override
    public Dialect dialect() {
        return new ParleyDialect();
    }

    @Override
    public ProcessHandle process() {
        return server.process();
    }

    @Override
    public long memory() {
        return Jcmd.liveBytes(process());
    }

    @Override
    public String memoryKind() {
        return "heap";
    }

    @Override
    public String token(String user) {
        return issuer.token(user);
    }

    /** Creates a public room; the owner becomes a member. */
    @Override
    public void createRoom(String room, String owner) {
        http.createRoom(room, issuer.token(owner));
    }

    /** The value of a metric. */
    double metric(String name) {
        return http.metric(name);
    }

    /** Waits until a metric is at most this value, a minute at most; whether that happened. */
    boolean awaitMetric(String name, double most) {
        long end = System.nanoTime() + TIMEOUT;
        while (System.nanoTime() < end) {
            if (metric(name) <= most) {
                return true;
            }
            LockSupport.parkNanos(POLL_INTERVAL);
        }
        return false;
    }

    /** Waits until the server can serve again after a load on its database; {@link BenchFailed} after five minutes. */
    void awaitReady() {
        long end = System.nanoTime() + 5 * TIMEOUT;
        while (!http.isReady()) {
            if (System.nanoTime() > end) {
                throw new BenchFailed("The server is not ready five minutes after the load on its database");
            }
            LockSupport.parkNanos(POLL_INTERVAL);
        }
    }

    /** Runs SQL statements directly on PostgreSQL. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = server.databaseConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of a query result. */
    List<String> query(String sql) throws SQLException {
        try (Connection connection = server.databaseConnection(); Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            var found = new java.util.ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
