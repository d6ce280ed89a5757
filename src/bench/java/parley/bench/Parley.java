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
import parley.server.LiveHeap;
import parley.server.MeasuredServer;

/** Parley itself, on a real PostgreSQL that writes through to the disk. */
final class Parley implements Subject {

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);

    private final MeasuredServer server;
    private final Issuer issuer;
    private final ParleyHttp http;

    private Parley(MeasuredServer server) {
        this.server = server;
        this.issuer = new Issuer(server.issuersKey());
        this.http = new ParleyHttp(server.base());
    }

    /** On every core, together with all that it needs and with who asks. */
    static Parley everywhere() {
        return new Parley(MeasuredServer.start(List.of()));
    }

    /** What is measured of a Parley. */
    interface Measuring {
        void measure(Parley parley) throws Exception;
    }

    /** The server on a core of its own, PostgreSQL and this JVM on the others, for as long as something is measured. */
    static void onItsCore(Measuring measuring) throws Exception {
        Processor.leaveServersCore();
        Say.progress("Starting Parley and PostgreSQL");
        try (var parley = new Parley(MeasuredServer.start(Processor.serversCore()))) {
            measuring.measure(parley);
        } finally {
            Processor.useAll();
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
        return LiveHeap.bytes(process());
    }

    @Override
    public String kindOfMemory() {
        return "heap";
    }

    @Override
    public String token(String user) {
        return issuer.token(user);
    }

    /** Makes a public room, its owner a member. */
    @Override
    public void open(String room, String owner) {
        http.open(room, issuer.token(owner));
    }

    /** The value of one of the server's metrics. */
    double metric(String name) {
        return http.metric(name);
    }

    /** Waits until a metric is no more than this, a minute at most; whether it came to that. */
    boolean awaitMetric(String name, double most) {
        long end = System.nanoTime() + PATIENCE;
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
