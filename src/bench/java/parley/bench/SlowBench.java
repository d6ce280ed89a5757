package parley.bench;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Two hundred that stop reading in a room of five hundred, and how the others fare. */
final class SlowBench {

    private static final int STOPPING = 200;
    private static final double POSTS_A_SECOND = 200;
    private static final Duration WITHOUT_CLOSING = ofSeconds(20);
    private static final Duration UNTIL_CLOSED = ofSeconds(30);

    private SlowBench() {
    }

    static void run() throws Exception {
        Parley.onItsCore(parley -> {
            try (var gathering = new Gathering(parley, Shape.ROOM_OF_500)) {
                measure(parley, gathering);
            }
        });
    }

    private static void measure(Parley parley, Gathering gathering) {
        Say.progress("Warming up");
        gathering.atRate(POSTS_A_SECOND, ofSeconds(5), ofSeconds(10));
        Say.progress("500 who read, 200 messages a second");
        var meter = new Meter(parley.process());
        Histogram before = gathering.atRate(POSTS_A_SECOND, ofSeconds(2), WITHOUT_CLOSING).wasWhole().tally().deliveries();
        long heapBefore = parley.memory();
        Say.progress("200 of them stop reading");
        Crowd crowd = gathering.crowd();
        List<Guest> stopped = crowd.guests().subList(Shape.ROOM_OF_500.size() - STOPPING, Shape.ROOM_OF_500.size());
        stopped.forEach(guest -> crowd.reads(guest, false));
        long begin = System.nanoTime();
        var closed = CompletableFuture.supplyAsync(() -> parley.awaitMetric("parley_connections", Shape.ROOM_OF_500.size() - STOPPING))
                .thenApply(there -> there ? seconds(begin) : Double.NaN);
        Histogram during = gathering.atRateTo(Shape.ROOM_OF_500.size() - STOPPING, POSTS_A_SECOND, WITHOUT_CLOSING).tally().deliveries();
        long heapDuring = parley.memory();
        Histogram after = gathering.atRateTo(Shape.ROOM_OF_500.size() - STOPPING, POSTS_A_SECOND, UNTIL_CLOSED).tally().deliveries();
        Meter.Usage usage = meter.read();
        double closedAfter = closed.join();
        stopped.forEach(guest -> crowd.reads(guest, true));
        gathering.rest(ofSeconds(3));
        Map<Integer, Long> codes = stopped.stream().filter(guest -> !guest.isIn())
                .collect(Collectors.groupingBy(guest -> guest.closeCode, TreeMap::new, Collectors.counting()));
        var table = new Table("200 of 500 stop reading, 200 messages/s; the server on one core", "the other 300 get a message",
                "p50 ms", "p99 ms", "most ms");
        table.row("all read", before);
        table.row("200 don't, for 20 s", during);
        table.row("… for 30 s more, in which they are closed", after);
        table.print();
        usage.tell();
        Say.line(String.format(Locale.ROOT, "all 200 closed and gone after %.1f s, %.0f of them with 4101; what they find when they read again (code=how many): %s",
                closedAfter, parley.metric("parley_connections_slow_total"), codes));
        Say.line(String.format(Locale.ROOT, "heap after a collection: %.1f MB before, %.1f MB after 20 s, so %.0f KB each",
                heapBefore / 1e6, heapDuring / 1e6, (heapDuring - heapBefore) / 1e3 / STOPPING));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
