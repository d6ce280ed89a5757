package parley.bench;

import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What the other dialects cost: fan-out when half of the listeners speak CBOR, and idle connections with permessage-deflate. */
final class DialectsBench {

    /** Fewer for a trial: {@code -Dbench.messages=1000} makes runs of a second and a tenth of the connections. */
    private static final boolean TRY = Integer.getInteger("parley.bench.messages") < 10_000;
    private static final int RUNS = 3;
    private static final Duration WARM_UP = ofSeconds(TRY ? 1 : 15);
    private static final Duration SAMPLE = ofSeconds(TRY ? 1 : 10);
    private static final int IN_FLIGHT = 1;
    private static final RoomLayout ROOM = RoomLayout.ROOM_OF_500;
    private static final RoomLayout IDLE = TRY ? new RoomLayout("1,000 idle connections", "idle", 10, 100, 1, 100) : RoomLayout.IDLE;
    private static final Function<LoadClient, Dialect> JSON = client -> new ParleyDialect();
    private static final Function<LoadClient, Dialect> DEFLATE = client -> new DeflateDialect();
    /** Half of all clients. Those who post, all of JSON, come first. */
    private static final Function<LoadClient, Dialect> HALF_CBOR =
            client -> client.number() < ROOM.size() / 2 ? new ParleyDialect() : new CborDialect();

    private DialectsBench() {
    }

    static void run() throws Exception {
        Parley.onOwnCore(parley -> {
            fanout(parley);
            idle(parley);
        });
    }

    private static void fanout(Parley parley) {
        List<Double> json = new ArrayList<>();
        List<Double> half = new ArrayList<>();
        deliveries(parley, "warm-up", JSON, WARM_UP);
        deliveries(parley, "warm-up-cbor", HALF_CBOR, WARM_UP);
        for (int run = 0; run < RUNS; run++) {
            json.add(deliveries(parley, "json-" + run, JSON, SAMPLE));
            half.add(deliveries(parley, "half-" + run, HALF_CBOR, SAMPLE));
        }
        var table = new Table("Deliveries a second in a room of 500, " + RUNS + " interleaved runs", "", "median", "least", "most",
                "of JSON");
        double alone = median(json);
        table.row(row("JSON alone", json, alone));
        table.row(row("half CBOR, half JSON", half, alone));
        table.print();
    }

    private static double deliveries(Parley parley, String suffix, Function<LoadClient, Dialect> dialects, Duration span) {
        Console.progress("One room of 500, " + suffix);
        try (var connected = new ConnectedRooms(parley, ROOM.withSuffix(suffix), dialects)) {
            var meter = new CpuMeter(parley);
            double rate = connected.inFlight(IN_FLIGHT, ofSeconds(1), span).requireDelivered().deliveriesPerSecond();
            CpuMeter.Usage usage = meter.read();
            Console.print(String.format(Locale.ROOT, "%s: %,.0f deliveries/s, server %.2f, client %.2f", suffix, rate, usage.server(),
                    usage.client()));
            usage.warnIfDisturbed();
            return rate;
        }
    }

    private static String[] row(String what, List<Double> rates, double alone) {
        List<Double> sorted = rates.stream().sorted().toList();
        return new String[] {what, Table.integer(median(rates)), Table.integer(sorted.getFirst()), Table.integer(sorted.getLast()),
            String.format(Locale.ROOT, "%.1f %%", 100 * median(rates) / alone)};
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    // The process never returns memory, so the last row repeats the first one to show the effect of the order.
    private static void idle(Parley parley) {
        try (var few = new ConnectedRooms(parley, RoomLayout.FEW)) {
            few.idle(ofSeconds(1));
        }
        long heap = parley.memory();
        long process = residentBytes(parley.process());
        var table = new Table(IDLE.name() + ", KB a connection", "", "heap", "process (RSS)");
        table.row(memory(parley, "without deflate", JSON, heap, process));
        table.row(memory(parley, "with deflate", DEFLATE, heap, process));
        table.row(memory(parley, "without deflate again", JSON, heap, process));
        table.print();
    }

    private static String[] memory(Parley parley, String what, Function<LoadClient, Dialect> dialects, long heap, long process) {
        Console.progress(IDLE.name() + " " + what);
        try (var connected = new ConnectedRooms(parley, IDLE.withSuffix(what.replace(' ', '-')), dialects)) {
            connected.idle(ofSeconds(3));
            double heapEach = (parley.memory() - heap) / 1e3 / IDLE.clients();
            double processEach = (residentBytes(parley.process()) - process) / 1e3 / IDLE.clients();
            if (connected.pool().readyCount() < IDLE.clients()) {
                throw new BenchFailed("Only " + connected.pool().readyCount() + " connections stayed open");
            }
            return new String[] {what, String.format(Locale.ROOT, "%.1f", heapEach), String.format(Locale.ROOT, "%.1f", processEach)};
        }
    }

    /** The memory of a process that is in RAM, heap included. Linux only. */
    private static long residentBytes(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("The memory of a process can be read on Linux only", e);
        }
    }
}
