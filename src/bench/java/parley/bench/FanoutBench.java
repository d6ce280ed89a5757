package parley.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One message to many: Parley, which stores every message first, and the servers on Node, which store none, on the same core. */
final class FanoutBench {

    /** Posts a second in the room of 5,000. */
    private static final double LOW_RATE = 10;

    /** Everything about one server. */
    record Figures(String name, Capacity.Found room, Capacity.Found rooms, Capacity.Step big, double bytesAConnection, String kindOfMemory,
                   double connects) {
    }

    private FanoutBench() {
    }

    static void run() throws Exception {
        if (!Processor.pins()) {
            Say.line("No taskset or one core only here: nothing is kept on a core, so servers and client take from each other");
        }
        boolean rivals = !System.getProperty("parley.bench.rivals", "true").equals("false") && Rival.install();
        double ceiling = ceiling();
        var all = new ArrayList<Figures>();
        Parley.onItsCore(parley -> all.add(measure(parley)));
        if (rivals) {
            measureRivals(all);
        }
        print(all, ceiling);
        new Chart(all).write(chart());
    }

    private static double ceiling() {
        Say.progress("Our own ceiling");
        Processor.leaveServersCore();
        double ceiling = Ceiling.deliveriesPerSecond();
        Processor.useAll();
        Say.line(String.format(Locale.ROOT, "%,.0f deliveries/s from a server that only sends", ceiling));
        return ceiling;
    }

    private static void measureRivals(List<Figures> all) {
        Issuer issuer = Issuer.withNewKey();
        Processor.leaveServersCore();
        try (Rival socketIo = Rival.socketIo(issuer)) {
            all.add(measure(socketIo));
        }
        try (Rival ws = Rival.bareWs(issuer)) {
            all.add(measure(ws));
        }
        Processor.useAll();
    }

    // Idle connections first: what loads leave behind would be counted with them, or hide them.
    private static Figures measure(Subject subject) {
        double idle = Idle.bytesAConnection(subject);
        return new Figures(subject.name(), Capacity.of(subject, Shape.ROOM_OF_500, 10), Capacity.of(subject, Shape.ROOMS_OF_10, 200),
                Capacity.at(subject, Shape.ROOM_OF_5000, LOW_RATE), idle, subject.kindOfMemory(),
                Connects.perSecond(subject));
    }

    private static void print(List<Figures> all, double ceiling) {
        var columns = new ArrayList<String>(List.of("the server on one core"));
        all.forEach(one -> columns.add(one.name()));
        var table = new Table(String.format(Locale.ROOT, "One message to many (client's ceiling %,.0f deliveries/s)", ceiling),
                columns.toArray(String[]::new));
        capacity(table, all, Shape.ROOM_OF_500, Figures::room);
        capacity(table, all, Shape.ROOMS_OF_10, Figures::rooms);
        row(table, "One room of 5,000, 10 posts/s: p50 / p99 ms", all, one -> millis(one.big().p50()) + " / " + millis(one.big().p99()));
        row(table, "… the server's share of its core", all, one -> Table.share(one.big().share()));
        row(table, "KB a connection, 10,000 idle", all, one -> String.format(Locale.ROOT, "%.1f %s", one.bytesAConnection() / 1000,
                one.kindOfMemory()));
        row(table, "Connects/s with a token", all, one -> Table.whole(one.connects()));
        table.print();
    }

    private interface Of<T> {
        T of(Figures one);
    }

    private static void capacity(Table table, List<Figures> all, Shape shape, Of<Capacity.Found> found) {
        row(table, shape.name() + ": deliveries/s at p99 ≤ 100 ms", all, one -> Table.whole(found.of(one).best().deliveries()));
        row(table, "… the server's share of its core", all, one -> Table.share(found.of(one).best().share()));
        row(table, "… at half of that: p50 / p99 ms", all,
                one -> millis(found.of(one).half().p50()) + " / " + millis(found.of(one).half().p99()));
        row(table, "… the server's share of its core", all, one -> Table.share(found.of(one).half().share()));
    }

    private static void row(Table table, String what, List<Figures> all, Of<String> figure) {
        var cells = new ArrayList<String>(List.of(what));
        all.forEach(one -> cells.add(figure.of(one)));
        table.row(cells.toArray(String[]::new));
    }

    private static String millis(double millis) {
        return Table.millis((long) (millis * 1e6));
    }

    // Asked for, it goes where the README shows it.
    private static Path chart() {
        boolean asked = List.of("", "true").contains(System.getProperty("parley.bench.chart", "false"));
        return asked ? Path.of("src/site/resources/images/fanout.svg") : Path.of("target/bench/fanout.svg");
    }
}
