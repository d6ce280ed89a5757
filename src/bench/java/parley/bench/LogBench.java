package parley.bench;

import static java.time.Duration.ofSeconds;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * The room log with all processes on all cores: rate and latency of stored posts, and history pages in a table of ten million
 * messages.
 */
final class LogBench {

    private static final int CONNECTIONS = 50;
    private static final int ARCHIVES = 100;
    private static final int ARCHIVE = 100_000;
    private static final int DEEP = 10_000;
    private static final int PAGE = 50;

    private final Parley parley;
    private final Table table = new Table("The log, everything on " + Runtime.getRuntime().availableProcessors() + " cores", "",
            "per second",
            "p50 ms", "p99 ms", "max ms", "server CPU (cores)");
    private long acknowledged;

    private LogBench(Parley parley) {
        this.parley = parley;
    }

    static void run() throws SQLException {
        Console.progress("Starting Parley and PostgreSQL");
        try (Parley parley = Parley.onAllCores()) {
            new LogBench(parley).measure();
        }
    }

    private void measure() throws SQLException {
        Console.print("PostgreSQL " + parley.query("show server_version").getFirst() + ", fsync " + parley.query("show fsync").getFirst()
                + ", synchronous_commit " + parley.query("show synchronous_commit").getFirst());
        posting();
        history();
        table.print();
    }

    private void posting() throws SQLException {
        List<LoadClient> clients = IntStream.range(0, CONNECTIONS).mapToObj(i -> new LoadClient(i, "user" + i, "log-" + i, true)).toList();
        clients.forEach(client -> parley.createRoom(client.room(), client.user()));
        try (ClientPool pool = new ClientPool(parley.address(), parley.dialect())) {
            Connector.connectAll(pool, clients, parley::token);
            var load = new Load(pool, clients, 1, 1);
            Console.progress("Warming up");
            count(load.inFlight(2, Duration.ZERO, ofSeconds(15)));
            // First, because the other loads leave the database a backlog of writes.
            Console.progress("1,000 messages per second");
            row("stored posts, 1,000/s offered", () -> count(load.atRate(1_000, ofSeconds(3), ofSeconds(20))));
            Console.progress("50 connections in 50 rooms, 20 messages in flight each");
            row("stored posts, 20 in flight per connection", () -> count(load.inFlight(20, ofSeconds(1), ofSeconds(20))));
            Console.progress("The same with 1 in flight");
            row("stored posts, 1 in flight per connection", () -> count(load.inFlight(1, ofSeconds(1), ofSeconds(10))));
        }
        long stored = Long.parseLong(parley.query(
                "select count(*) from room_event where room like 'log-%' and type = 'message.posted'").getFirst());
        Console.print(String.format(Locale.ROOT, "%,d messages acknowledged, %,d in the table", acknowledged, stored));
        if (stored != acknowledged) {
            throw new BenchFailed("The table does not contain exactly the acknowledged messages");
        }
    }

    private Load.Outcome count(Load.Outcome outcome) {
        outcome.requireComplete();
        acknowledged += outcome.results().done();
        return outcome;
    }

    private void history() throws SQLException {
        Console.progress("Inserting 100 rooms of 100,000 messages (takes minutes)");
        long begin = System.nanoTime();
        Archive.fill(parley, ARCHIVES, ARCHIVE);
        Console.print(String.format(Locale.ROOT, "%,d rows in the table, after %d s",
                Long.parseLong(parley.query("select count(*) from room_event").getFirst()), (System.nanoTime() - begin) / 1_000_000_000));
        measurePage("the newest 50 messages", 0);
        measurePage("50 messages at a depth of 10,000", ARCHIVE - DEEP);
    }

    private void measurePage(String what, long before) {
        List<LoadClient> clients = IntStream.range(0, CONNECTIONS).mapToObj(i -> new LoadClient(i, "user" + i, "", false)).toList();
        try (ClientPool pool = new ClientPool(parley.address(), parley.dialect())) {
            Connector.connectAll(pool, clients, parley::token);
            var load = new Load(pool, clients, (client, moment) -> pool.send(client, Frames.text(ParleyDialect.history(
                    client.nextCommand(moment), Archive.name(ThreadLocalRandom.current().nextInt(ARCHIVES)), before, PAGE))), 0, 1);
            Console.progress("History: " + what);
            load.atRate(200, Duration.ZERO, ofSeconds(8)).requireComplete();
            row(what + ", 100/s offered", () -> load.atRate(100, ofSeconds(1), ofSeconds(20)).requireComplete());
        }
    }

    private interface Measuring {
        Load.Outcome measure();
    }

    private void row(String what, Measuring measuring) {
        var meter = new CpuMeter(parley.process());
        Load.Outcome outcome = measuring.measure();
        double share = meter.read().server();
        Histogram answers = outcome.results().answers();
        String[] figures = {Table.integer(outcome.answersPerSecond()), Table.millis(answers.getValueAtPercentile(50)),
            Table.millis(answers.getValueAtPercentile(99)), Table.millis(answers.getMaxValue()), Table.share(share)};
        table.row(what, figures[0], figures[1], figures[2], figures[3], figures[4]);
        Console.print("%s/s, p50 %s ms, p99 %s ms, max %s ms, server %s cores".formatted((Object[]) figures));
    }
}
