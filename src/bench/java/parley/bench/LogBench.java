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
 * The room log, everything on all cores: messages that are stored and acknowledged, how long that takes, and pages of the
 * history in a table of ten million messages.
 */
final class LogBench {

    private static final int CONNECTIONS = 50;
    private static final int ARCHIVES = 100;
    private static final int ARCHIVE = 100_000;
    private static final int DEEP = 10_000;
    private static final int PAGE = 50;

    private final Parley parley;
    private final Table table = new Table("The log, everything on " + Runtime.getRuntime().availableProcessors() + " cores", "", "a second",
            "p50 ms", "p99 ms", "most ms", "server's cores");
    private long acknowledged;

    private LogBench(Parley parley) {
        this.parley = parley;
    }

    static void run() throws SQLException {
        Say.progress("Starting Parley and PostgreSQL");
        try (Parley parley = Parley.everywhere()) {
            new LogBench(parley).measure();
        }
    }

    private void measure() throws SQLException {
        Say.line("PostgreSQL " + parley.query("show server_version").getFirst() + ", fsync " + parley.query("show fsync").getFirst()
                + ", synchronous_commit " + parley.query("show synchronous_commit").getFirst());
        posting();
        history();
        table.print();
    }

    private void posting() throws SQLException {
        List<Guest> guests = IntStream.range(0, CONNECTIONS).mapToObj(i -> new Guest(i, "user" + i, "log-" + i, true)).toList();
        guests.forEach(guest -> parley.open(guest.room(), guest.user()));
        try (Crowd crowd = new Crowd(parley.address(), parley.dialect())) {
            Entrance.admit(crowd, guests, parley::token);
            var load = new Load(crowd, guests, 1, 1);
            Say.progress("Warming up");
            count(load.inFlight(2, Duration.ZERO, ofSeconds(15)));
            // Before the others: what those leave for the database to write out takes it a while.
            Say.progress("1,000 messages a second");
            row("stored posts, 1,000/s offered", () -> count(load.atRate(1_000, ofSeconds(3), ofSeconds(20))));
            Say.progress("50 connections in 50 rooms, 20 messages of each under way");
            row("stored posts, 20 under way a connection", () -> count(load.inFlight(20, ofSeconds(1), ofSeconds(20))));
            Say.progress("The same with 1 under way");
            row("stored posts, 1 under way a connection", () -> count(load.inFlight(1, ofSeconds(1), ofSeconds(10))));
        }
        long stored = Long.parseLong(parley.query("select count(*) from message where room like 'log-%'").getFirst());
        Say.line(String.format(Locale.ROOT, "%,d messages acknowledged, %,d in the table", acknowledged, stored));
        if (stored != acknowledged) {
            throw new BenchFailed("The table does not hold what was acknowledged");
        }
    }

    private Load.Outcome count(Load.Outcome outcome) {
        outcome.wasWhole();
        acknowledged += outcome.tally().done();
        return outcome;
    }

    private void history() throws SQLException {
        Say.progress("Filling the table of messages with 100 rooms of 100,000 (minutes)");
        long begin = System.nanoTime();
        Archive.fill(parley, ARCHIVES, ARCHIVE);
        Say.line(String.format(Locale.ROOT, "%,d rows in the table, after %d s",
                Long.parseLong(parley.query("select count(*) from message").getFirst()), (System.nanoTime() - begin) / 1_000_000_000));
        asking("the newest 50 of a room", 0);
        asking("the 50 that are 10,000 deep", ARCHIVE - DEEP);
    }

    private void asking(String what, long before) {
        List<Guest> guests = IntStream.range(0, CONNECTIONS).mapToObj(i -> new Guest(i, "user" + i, "", false)).toList();
        try (Crowd crowd = new Crowd(parley.address(), parley.dialect())) {
            Entrance.admit(crowd, guests, parley::token);
            var load = new Load(crowd, guests, (guest, moment) -> crowd.send(guest, Frames.text(ParleyDialect.history(
                    guest.asks(moment), Archive.name(ThreadLocalRandom.current().nextInt(ARCHIVES)), before, PAGE))), 0, 1);
            Say.progress("History: " + what);
            load.atRate(200, Duration.ZERO, ofSeconds(8)).wasWhole();
            row(what + ", 100/s offered", () -> load.atRate(100, ofSeconds(1), ofSeconds(20)).wasWhole());
        }
    }

    private interface Measuring {
        Load.Outcome measure();
    }

    private void row(String what, Measuring measuring) {
        var meter = new Meter(parley.process());
        Load.Outcome outcome = measuring.measure();
        double share = meter.read().server();
        Histogram answers = outcome.tally().answers();
        String[] figures = {Table.whole(outcome.answersPerSecond()), Table.millis(answers.getValueAtPercentile(50)),
            Table.millis(answers.getValueAtPercentile(99)), Table.millis(answers.getMaxValue()), Table.share(share)};
        table.row(what, figures[0], figures[1], figures[2], figures[3], figures[4]);
        Say.line("%s/s, p50 %s ms, p99 %s ms, most %s ms, server %s cores".formatted((Object[]) figures));
    }
}
