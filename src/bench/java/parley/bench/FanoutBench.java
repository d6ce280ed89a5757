package parley.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One message to many on one core: Parley, which stores every message first, and servers on Node, which store none. */
final class FanoutBench {

    /** Posts per second in the room of 5,000. */
    private static final double LOW_RATE = 10;

    /** All results of one server. */
    record Figures(String name, Capacity.Found room, Capacity.Found rooms, Capacity.Step big, double bytesPerConnection, String memoryKind,
                   double connects) {
    }

    private FanoutBench() {
    }

    static void run() throws Exception {
        if (!Cores.canPin()) {
            Console.print("No taskset or only one core: server and client share the cores, so the results are not comparable");
        }
        boolean rivals = !System.getProperty("parley.bench.rivals", "true").equals("false") && NodeServer.install();
        double ceiling = ceiling();
        int rounds = Integer.getInteger("parley.bench.rounds", 1);
        if (rounds > 1) {
            new FanoutRounds(rounds, rivals).run();
            return;
        }
        var all = new ArrayList<Figures>();
        Parley.onOwnCore(parley -> all.add(measure(parley)));
        if (rivals) {
            measureRivals(all);
        }
        print(all, ceiling);
        new Chart(all).write(chart());
    }

    private static double ceiling() {
        Console.progress("Client ceiling");
        Cores.avoidServerCore();
        double ceiling = Ceiling.deliveriesPerSecond();
        Cores.useAll();
        Console.print(String.format(Locale.ROOT, "%,.0f deliveries/s from a server that only writes", ceiling));
        return ceiling;
    }

    private static void measureRivals(List<Figures> all) {
        TokenIssuer issuer = TokenIssuer.withNewKey();
        Cores.avoidServerCore();
        try (NodeServer socketIo = NodeServer.socketIo(issuer)) {
            all.add(measure(socketIo));
        }
        try (NodeServer ws = NodeServer.bareWs(issuer)) {
            all.add(measure(ws));
        }
        Cores.useAll();
    }

    // Idle connections first: memory used by the load tests would distort their figure.
    private static Figures measure(ServerUnderTest target) {
        double idle = IdleMemory.bytesPerConnection(target);
        return new Figures(target.name(), Capacity.of(target, RoomLayout.ROOM_OF_500, 10), Capacity.of(target, RoomLayout.ROOMS_OF_10, 200),
                Capacity.at(target, RoomLayout.ROOM_OF_5000, LOW_RATE), idle, target.memoryKind(),
                ConnectRate.perSecond(target));
    }

    private static void print(List<Figures> all, double ceiling) {
        var columns = new ArrayList<String>(List.of("the server on one core"));
        all.forEach(one -> columns.add(one.name()));
        var table = new Table(String.format(Locale.ROOT, "One message to many (client ceiling %,.0f deliveries/s)", ceiling),
                columns.toArray(String[]::new));
        capacity(table, all, RoomLayout.ROOM_OF_500, Figures::room);
        capacity(table, all, RoomLayout.ROOMS_OF_10, Figures::rooms);
        row(table, "One room of 5,000, 10 posts/s: p50 / p99 ms", all, one -> millis(one.big().p50()) + " / " + millis(one.big().p99()));
        row(table, "… server CPU (cores)", all, one -> Table.share(one.big().share()));
        row(table, "KB per connection, 10,000 idle", all, one -> String.format(Locale.ROOT, "%.1f %s", one.bytesPerConnection() / 1000,
                one.memoryKind()));
        row(table, "ConnectRate/s with a token", all, one -> Table.integer(one.connects()));
        table.print();
    }

    private interface Part<T> {
        T of(Figures one);
    }

    private static void capacity(Table table, List<Figures> all, RoomLayout layout, Part<Capacity.Found> found) {
        row(table, layout.name() + ": deliveries/s at p99 ≤ 100 ms", all, one -> Table.integer(found.of(one).best().deliveries()));
        row(table, "… server CPU (cores)", all, one -> Table.share(found.of(one).best().share()));
        row(table, "… at half that rate: p50 / p99 ms", all,
                one -> millis(found.of(one).half().p50()) + " / " + millis(found.of(one).half().p99()));
        row(table, "… server CPU (cores)", all, one -> Table.share(found.of(one).half().share()));
    }

    private static void row(Table table, String what, List<Figures> all, Part<String> figure) {
        var cells = new ArrayList<String>(List.of(what));
        all.forEach(one -> cells.add(figure.of(one)));
        table.row(cells.toArray(String[]::new));
    }

    private static String millis(double millis) {
        return Table.millis((long) (millis * 1e6));
    }

    // On request, it replaces the image of the site.
    private static Path chart() {
        boolean requested = List.of("", "true").contains(System.getProperty("parley.bench.chart", "false"));
        return requested ? Path.of("src/site/resources/images/fanout.svg") : Path.of("target/bench/fanout.svg");
    }
}
