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

/** The latency of 300 clients in a room of 500 while 200 stop reading. */
final class SlowBench {

    private static final int SLOW_CLIENTS = 200;
    private static final double POSTS_PER_SECOND = 200;
    private static final Duration BEFORE_CLOSE = ofSeconds(20);
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
        Console.progress("500 clients read, 200 messages per second");
        var meter = new CpuMeter(parley.process());
        Histogram before = connected.atRate(POSTS_PER_SECOND, ofSeconds(2), BEFORE_CLOSE).requireComplete().results().deliveries();
        long heapBefore = parley.memory();
        Console.progress("200 of them stop reading");
        ClientPool pool = connected.pool();
        List<LoadClient> stopped = pool.clients().subList(RoomLayout.ROOM_OF_500.size() - SLOW_CLIENTS, RoomLayout.ROOM_OF_500.size());
        stopped.forEach(client -> pool.setReading(client, false));
        long begin = System.nanoTime();
        var closed = CompletableFuture.supplyAsync(() -> parley.awaitMetric("parley_connections",
                RoomLayout.ROOM_OF_500.size() - SLOW_CLIENTS))
                .thenApply(reached -> reached ? seconds(begin) : Double.NaN);
        Histogram during = connected.atRateTo(RoomLayout.ROOM_OF_500.size() - SLOW_CLIENTS, POSTS_PER_SECOND, BEFORE_CLOSE).results()
                .deliveries();
        long heapDuring = parley.memory();
        Histogram after = connected.atRateTo(RoomLayout.ROOM_OF_500.size() - SLOW_CLIENTS, POSTS_PER_SECOND, UNTIL_CLOSED).results()
                .deliveries();
        CpuMeter.Usage usage = meter.read();
        double closedAfter = closed.join();
        stopped.forEach(client -> pool.setReading(client, true));
        connected.idle(ofSeconds(3));
        Map<Integer, Long> codes = stopped.stream().filter(client -> !client.isReady())
                .collect(Collectors.groupingBy(client -> client.closeCode, TreeMap::new, Collectors.counting()));
        var table = new Table("200 of 500 stop reading, 200 messages/s; the server on one core", "delivery to the other 300",
                "p50 ms", "p99 ms", "max ms");
        table.row("all 500 read", before);
        table.row("200 stopped, first 20 s", during);
        table.row("200 stopped, next 30 s (the server closes them)", after);
        table.print();
        usage.warnIfDisturbed();
        Console.print(String.format(Locale.ROOT,
                "all 200 closed after %.1f s, %.0f of them with 4101; close codes that they read (code=count): %s", closedAfter,
                parley.metric("parley_connections_slow_total"), codes));
        Console.print(String.format(Locale.ROOT,
                "heap after garbage collection: %.1f MB before, %.1f MB after 20 s: %.0f KB per slow client",
                heapBefore / 1e6, heapDuring / 1e6, (heapDuring - heapBefore) / 1e3 / SLOW_CLIENTS));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
