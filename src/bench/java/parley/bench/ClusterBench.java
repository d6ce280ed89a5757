package parley.bench;

import static java.time.Duration.ofSeconds;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a second instance costs and brings: how much later a message is at those who are on the other one, and how many more
 * deliveries a second the two make on the same two cores, which broker, PostgreSQL and client share with them in every case. Once
 * each takes what it gets, so that one alone may use both cores; and once each is kept to a part of a core, so that a second one
 * brings what a second machine would.
 */
final class ClusterBench {

    private static final int INSTANCES = 2;
    private static final double POSTS_A_SECOND = 500;
    /** So little that two instances leave a core to broker, PostgreSQL and client. */
    private static final double PART_OF_A_CORE = 0.5;
    /** Enough for the JVMs to compile what is used, and little enough that the database has nothing to write out afterwards. */
    private static final double WARM_UP = 1_000;

    /** Messages under way at any moment: far more than it takes to keep two instances busy. */
    private static final int UNDER_WAY = 1_000;

    /** What a server makes of both shapes. */
    private record Both(Throughput room, Throughput rooms) {

        static Both of(Subject subject, String suffix) {
            return new Both(Throughput.of(subject, Shape.ROOM_OF_500.anew(suffix), UNDER_WAY),
                    Throughput.of(subject, Shape.ROOMS_OF_10.anew(suffix), UNDER_WAY));
        }
    }

    private final ParleyCluster cluster;
    private final Table table = new Table(String.format(Locale.ROOT,
            "Two instances, a broker and PostgreSQL; they and the client on the same two cores; %,d messages under way", UNDER_WAY),
            "", "one instance", "two instances", "two to one");

    private ClusterBench(ParleyCluster cluster) {
        this.cluster = cluster;
    }

    static void run() {
        // More would be the broker's, the database's and the client's alone.
        Processor.useFirst(INSTANCES);
        try (ParleyCluster cluster = ParleyCluster.start(INSTANCES)) {
            new ClusterBench(cluster).measure();
        } finally {
            Processor.useAll();
        }
    }

    // Two before one: what is warmer by then is on the side of the one.
    private void measure() {
        latency();
        warmUp();
        var twoFree = Both.of(cluster.all(), "two-free");
        boolean limited = cluster.limitEach(PART_OF_A_CORE);
        var twoLimited = limited ? Both.of(cluster.all(), "two-limited") : null;
        cluster.leaveTheFirst();
        var oneLimited = limited ? Both.of(cluster.first(), "one-limited") : null;
        cluster.limitNone();
        var oneFree = Both.of(cluster.first(), "one-free");
        compare("each with what it gets", oneFree, twoFree);
        if (limited) {
            compare(String.format(Locale.ROOT, "each with %.1f of a core", PART_OF_A_CORE), oneLimited, twoLimited);
        } else {
            Say.line("No control groups that may be made here: an instance can't be kept to a part of a core");
        }
        table.print();
    }

    private void warmUp() {
        for (Shape shape : List.of(Shape.ROOM_OF_500, Shape.ROOMS_OF_10)) {
            Say.progress("Warming up, " + shape.name().toLowerCase(Locale.ROOT));
            try (var gathering = new Gathering(cluster.all(), shape.anew("warm-up"))) {
                gathering.warmUp(ofSeconds(60));
                gathering.atRate(WARM_UP, ofSeconds(5), ofSeconds(30));
            }
        }
    }

    private void latency() {
        try (var gathering = new Gathering(cluster.all(), Shape.ROOMS_OF_10.anew("latency"))) {
            Say.progress("Warming up");
            gathering.atRate(WARM_UP, ofSeconds(5), ofSeconds(60));
            Say.progress("500 messages a second");
            var tally = new TallyByInstance();
            gathering.atRate(tally, POSTS_A_SECOND, ofSeconds(10), ofSeconds(20)).wasWhole();
            String what = "50 rooms of 10 over both, 500 posts/s: p%d ms within one, from one to the other";
            table.row(later(what.formatted(50), tally, 50));
            table.row(later(what.formatted(99), tally, 99));
        }
    }

    private static String[] later(String what, TallyByInstance tally, double percentile) {
        long same = tally.same().getValueAtPercentile(percentile);
        long other = tally.other().getValueAtPercentile(percentile);
        return new String[] {what, Table.millis(same), Table.millis(other), String.format(Locale.ROOT, "%+.2f ms", (other - same) / 1e6)};
    }

    private void compare(String where, Both one, Both two) {
        rows(Shape.ROOM_OF_500.name() + ", " + where, one.room(), two.room());
        rows(Shape.ROOMS_OF_10.name() + ", " + where, one.rooms(), two.rooms());
    }

    private void rows(String what, Throughput one, Throughput two) {
        table.row(what + ": deliveries/s", Table.whole(one.deliveries()), Table.whole(two.deliveries()),
                String.format(Locale.ROOT, "%.2f", two.deliveries() / one.deliveries()));
        row("… p50 / p99 ms", one, two, found -> millis(found.p50()) + " / " + millis(found.p99()));
        row("… cores used by the instances / the client / idle", one, two, found -> Table.share(found.usage().server()) + " / "
                + Table.share(found.usage().ours()) + " / " + Table.share(found.usage().idle()));
    }

    private void row(String what, Throughput one, Throughput two, Function<Throughput, String> figure) {
        table.row(what, figure.apply(one), figure.apply(two), "");
    }

    private static String millis(double millis) {
        return Table.millis((long) (millis * 1e6));
    }
}
