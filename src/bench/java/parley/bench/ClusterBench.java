package parley.bench;

import static java.time.Duration.ofSeconds;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The effect of a second instance: added latency for clients on the other instance, and throughput of two instances compared with one
 * on the same two cores, which broker, PostgreSQL and client share. It runs once without CPU limits, so that one instance may use both
 * cores, and once with each instance limited to part of a core, which simulates a second machine.
 */
final class ClusterBench {

    private static final int INSTANCES = 2;
    private static final double POSTS_PER_SECOND = 500;
    /** Leaves one core to broker, PostgreSQL and client. */
    private static final double PART_OF_A_CORE = 0.5;
    /** High enough to trigger JIT compilation, low enough to leave the database no backlog of writes. */
    private static final double WARM_UP_RATE = 1_000;

    /** Messages in flight at any time: enough to saturate two instances. */
    private static final int IN_FLIGHT = 1_000;

    /** What each instance does for the posts of all. */
    private static final Map<String, String> WORK = Map.of("posts committed", "parley_events_total", "single statements of the log",
            "parley_journal_single_statements_total", "messages from the broker", "parley_bus_received_total", "bytes from the broker",
            "parley_bus_received_bytes_total");

    /** The throughput with both layouts. */
    private record Both(Throughput room, Throughput rooms) {

        static Both of(ServerUnderTest target, String suffix) {
            return new Both(Throughput.of(target, RoomLayout.ROOM_OF_500.withSuffix(suffix), IN_FLIGHT),
                    Throughput.of(target, RoomLayout.ROOMS_OF_10.withSuffix(suffix), IN_FLIGHT));
        }
    }

    private final ParleyCluster cluster;
    private final Table table = new Table(String.format(Locale.ROOT,
            "Two instances, a broker and PostgreSQL; they and the client on the same two cores; %,d messages in flight", IN_FLIGHT),
            "", "one instance", "two instances", "ratio");

    private ClusterBench(ParleyCluster cluster) {
        this.cluster = cluster;
    }

    static void run() {
        // More cores would only serve broker, database and client.
        Cores.useFirst(INSTANCES);
        try (ParleyCluster cluster = ParleyCluster.start(INSTANCES)) {
            new ClusterBench(cluster).measure();
        } finally {
            Cores.useAll();
        }
    }

    // Two instances first: a warmer JVM favors the single instance.
    private void measure() {
        latency();
        warmUp();
        var twoFree = Both.of(cluster.all(), "two-free");
        boolean limited = cluster.limitEach(PART_OF_A_CORE);
        var twoLimited = limited ? Both.of(cluster.all(), "two-limited") : null;
        cluster.stopAllButFirst();
        var oneLimited = limited ? Both.of(cluster.first(), "one-limited") : null;
        cluster.removeLimits();
        var oneFree = Both.of(cluster.first(), "one-free");
        compare("no CPU limit", oneFree, twoFree);
        if (limited) {
            compare(String.format(Locale.ROOT, "%.1f cores each", PART_OF_A_CORE), oneLimited, twoLimited);
        } else {
            Console.print("Could not create control groups: CPU limits are skipped");
        }
        table.print();
    }

    private void warmUp() {
        for (RoomLayout layout : List.of(RoomLayout.ROOM_OF_500, RoomLayout.ROOMS_OF_10)) {
            Console.progress("Warming up, " + layout.name().toLowerCase(Locale.ROOT));
            try (var connected = new ConnectedRooms(cluster.all(), layout.withSuffix("warm-up"))) {
                connected.warmUp(ofSeconds(60));
                connected.atRate(WARM_UP_RATE, ofSeconds(5), ofSeconds(30));
            }
        }
    }

    private void latency() {
        try (var connected = new ConnectedRooms(cluster.all(), RoomLayout.ROOMS_OF_10.withSuffix("latency"))) {
            Console.progress("Warming up");
            connected.atRate(WARM_UP_RATE, ofSeconds(5), ofSeconds(60));
            Console.progress("500 messages a second");
            var results = new ResultsByInstance();
            Map<String, List<Double>> before = work();
            connected.atRate(results, POSTS_PER_SECOND, ofSeconds(10), ofSeconds(20)).requireComplete();
            printWork(before, work());
            String what = "50 rooms of 10 over both, 500 posts/s: p%d ms same instance / other instance";
            table.row(latencyRow(what.formatted(50), results, 50));
            table.row(latencyRow(what.formatted(99), results, 99));
        }
    }

    private Map<String, List<Double>> work() {
        Map<String, List<Double>> counted = new TreeMap<>();
        WORK.forEach((what, metric) -> counted.put(what, cluster.metric(metric)));
        return counted;
    }

    private static void printWork(Map<String, List<Double>> before, Map<String, List<Double>> after) {
        double posts = difference(before, after, "posts committed").stream().mapToDouble(Double::doubleValue).sum();
        var counted = new Table(String.format(Locale.ROOT, "Work per post, counted over %,.0f posts in 50 rooms of 10", posts), "",
                "first instance", "second instance");
        after.keySet().forEach(what -> {
            List<Double> each = difference(before, after, what);
            counted.row(what, String.format(Locale.ROOT, "%.3f", each.getFirst() / posts),
                    String.format(Locale.ROOT, "%.3f", each.getLast() / posts));
        });
        counted.print();
    }

    private static List<Double> difference(Map<String, List<Double>> before, Map<String, List<Double>> after, String what) {
        return IntStream.range(0, INSTANCES).mapToObj(i -> after.get(what).get(i) - before.get(what).get(i)).toList();
    }

    private static String[] latencyRow(String what, ResultsByInstance results, double percentile) {
        long same = results.same().getValueAtPercentile(percentile);
        long other = results.other().getValueAtPercentile(percentile);
        return new String[] {what, Table.millis(same), Table.millis(other), String.format(Locale.ROOT, "%+.2f ms", (other - same) / 1e6)};
    }

    private void compare(String where, Both one, Both two) {
        rows(RoomLayout.ROOM_OF_500.name() + ", " + where, one.room(), two.room());
        rows(RoomLayout.ROOMS_OF_10.name() + ", " + where, one.rooms(), two.rooms());
    }

    private void rows(String what, Throughput one, Throughput two) {
        table.row(what + ": deliveries/s", Table.integer(one.deliveries()), Table.integer(two.deliveries()),
                String.format(Locale.ROOT, "%.2f", two.deliveries() / one.deliveries()));
        row("… p50 / p99 ms", one, two, found -> millis(found.p50()) + " / " + millis(found.p99()));
        row("… cores used by the instances / the client / idle", one, two, found -> Table.share(found.usage().server()) + " / "
                + Table.share(found.usage().client()) + " / " + Table.share(found.usage().idle()));
    }

    private void row(String what, Throughput one, Throughput two, Function<Throughput, String> figure) {
        table.row(what, figure.apply(one), figure.apply(two), "");
    }

    private static String millis(double millis) {
        return Table.millis((long) (millis * 1e6));
    }
}
