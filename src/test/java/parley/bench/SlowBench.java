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
    private static final double POSTS_PER_SECOND = 200;
    private static final Duration WITHOUT_CLOSING = ofSeconds(20);
    private static final Duration UNTIL_CLOSED = ofSeconds(30);

    private SlowBench() {
    }

    static void run() throws Exception {
        Parley.onOwnCore(parley -> {
            try (var connected = new ConnectedRooms(parley, RoomLayout.ROOM_OF_500)) {
                measure(parley, connected);
            }
        });
    }

    private static void measure(Parley parley, ConnectedRooms connected) {
        Console.progress("Warming up");
        connected.atRate(POSTS_PER_SECOND, ofSeconds(5), ofSeconds(10));
        Console.progress("500 who read, 200 messages a second");
        var meter = new CpuMeter(parley.process());
        Histogram before = connected.atRate(POSTS_PER_SECOND, ofSeconds(2), WITHOUT_CLOSING).requireComplete().results().deliveries();
        long heapBefore = parley.memory();
        Console.progress("200 of them stop reading");
        ClientPool pool = connected.pool();
        List<LoadClient> stopped = pool.clients().subList(RoomLayout.ROOM_OF_500.size() - STOPPING, RoomLayout.ROOM_OF_500.size());
        stopped.forEach(client -> pool.setReading(client, false));
        long begin = System.nanoTime();
        var closed = CompletableFuture.supplyAsync(() -> parley.awaitMetric("parley_connections", RoomLayout.ROOM_OF_500.size() - STOPPING))
                .thenApply(there -> there ? seconds(begin) : Double.NaN);
        Histogram during = connected.atRateTo(RoomLayout.ROOM_OF_500.size() - STOPPING, POSTS_PER_SECOND, WITHOUT_CLOSING).results().deliveries();
        long heapDuring = parley.memory();
        Histogram after = connected.atRateTo(RoomLayout.ROOM_OF_500.size() - STOPPING, POSTS_PER_SECOND, UNTIL_CLOSED).results().deliveries();
        CpuMeter.Usage usage = meter.read();
        double closedAfter = closed.join();
        stopped.forEach(client -> pool.setReading(client, true));
        connected.idle(ofSeconds(3));
        Map<Integer, Long> codes = stopped.stream().filter(client -> !client.isReady())
                .collect(Collectors.groupingBy(client -> client.closeCode, TreeMap::new, Collectors.counting()));
        var table = new Table("200 of 500 stop reading, 200 messages/s; the server on one core", "the other 300 get a message",
                "p50 ms", "p99 ms", "most ms");
        table.row("all read", before);
        table.row("200 don't, for 20 s", during);
        table.row("… for 30 s more, in which they are closed", after);
        table.print();
        usage.warnIfDisturbed();
        Console.print(String.format(Locale.ROOT, "all 200 closed and gone after %.1f s, %.0f of them with 4101; what they find when they read again (code=how many): %s",
                closedAfter, parley.metric("parley_connections_slow_total"), codes));
        Console.print(String.format(Locale.ROOT, "heap after a collection: %.1f MB before, %.1f MB after 20 s, so %.0f KB each",
                heapBefore / 1e6, heapDuring / 1e6, (heapDuring - heapBefore) / 1e3 / STOPPING));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
