package parley.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.server.Jcmd;
import parley.server.BenchmarkServer;

/** Parley itself, on a real PostgreSQL that writes through to the disk. */
final class Parley implements ServerUnderTest {

    private static final long TIMEOUT = TimeUnit.MINUTES.toNanos(1);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);

    private final BenchmarkServer server;
    private final TokenIssuer issuer;
    private final ParleyHttp http;

    private Parley(BenchmarkServer server) {
        this.server = server;
        this.issuer = new TokenIssuer(server.issuerKey());
        this.http = new ParleyHttp(server.base());
    }

    /** On every core, together with all that it needs and with who asks. */
    static Parley onAllCores() {
        return new Parley(BenchmarkServer.start(List.of()));
    }

    /** What is measured of a Parley. */
    interface Measuring {
        void measure(Parley parley) throws Exception;
    }

    /** The server on a core of its own, PostgreSQL and this JVM on the others, for as long as something is measured. */
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

    /** Where it is: {@code http://localhost:<port>/parley}. */
    URI base() {
        return server.base();
    }

    @Override
    public InetSocketAddress address() {
        // The server listens on the address, not on the name, which may lead to another one.
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

    /** Makes a public room, its owner a member. */
    @Override
    public void createRoom(String room, String owner) {
        http.createRoom(room, issuer.token(owner));
    }

    /** The value of one of the server's metrics. */
    double metric(String name) {
        return http.metric(name);
    }

    /** Waits until a metric is no more than this, a minute at most; whether it came to that. */
    boolean awaitMetric(String name, double most) {
        long end = System.nanoTime() + TIMEOUT;
        while (System.nanoTime() < end) {
            if (metric(name) <= most) {
                return true;
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
        return false;
    }

    /** Runs SQL beside the server. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = server.databaseConnection(); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of a query's answer. */
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
