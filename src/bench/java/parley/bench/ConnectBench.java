package parley.bench;

import static java.time.Duration.ofSeconds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Connection rates: 10,000 connections at 1,000 per second, and 100,000 that connect and disconnect. */
final class ConnectBench {

    private static final int CONNECTIONS = 10_000;
    private static final int ROOMS = 100;
    private static final double PER_SECOND = 1_000;
    private static final int CYCLES = 100_000;
    private static final int FIRST_CYCLES = 10_000;
    private static final int USERS = 1_000;
    /** Longer than the timeout after which the server closes a silent connection. */
    private static final int IDLE_SECONDS = 40;
    private static final long TIMEOUT = TimeUnit.MINUTES.toNanos(3);
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CONNECTING_AT_ONCE = 64;

    private final Parley parley;
    private int lost;

    private ConnectBench(Parley parley) {
        this.parley = parley;
    }

    static void run() throws Exception {
        Parley.onOwnCore(parley -> {
            var bench = new ConnectBench(parley);
            bench.connectAtRate();
            bench.connectAndDisconnect();
        });
    }

    private void connectAtRate() {
        Console.progress("Signing 10,000 tokens");
        List<LoadClient> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            clients.add(new LoadClient(i, "user" + i, "office-" + i % ROOMS, false));
            parley.token("user" + i);
        }
        for (int room = 0; room < ROOMS; room++) {
            parley.createRoom("office-" + room, "user" + room);
        }
        try (ClientPool pool = new ClientPool(parley.address(), parley.dialect())) {
            Console.progress("10,000 connections at 1,000/s, each to one of 100 rooms");
            var times = new Histogram(TIMEOUT, 3);
            double seconds = connectAtRate(pool, clients, times);
            Console.progress("Staying connected for 40 s");
            poll(pool, ofSeconds(IDLE_SECONDS).toNanos());
            var table = new Table("10,000 connections with tokens at 1,000/s; the server on one core", "", "connected", "lost", "s",
                    "p50 ms", "p99 ms", "max ms");
            table.row("from TCP connect to subscribed", "" + pool.readyCount(), "" + lost, String.format(Locale.ROOT, "%.1f", seconds),
                    Table.millis(times.getValueAtPercentile(50)), Table.millis(times.getValueAtPercentile(99)),
                    Table.millis(times.getMaxValue()));
            table.print();
        }
    }

    // Connects each client at its due time, even if others are still connecting; times count from the due time.
    private double connectAtRate(ClientPool pool, List<LoadClient> clients, Histogram times) {
        long begin = System.nanoTime();
        pool.setListener(new ClientPool.Listener() {
            @Override
            public void ready(LoadClient client, long now) {
                times.recordValue(Math.min(now - due(begin, client.number()), TIMEOUT));
            }

            @Override
            public void lost(LoadClient client, long now) {
                lost++;
            }
        }, Integer.MAX_VALUE);
        int started = 0;
        while (pool.readyCount() + lost < clients.size() && System.nanoTime() - begin < TIMEOUT) {
            for (; started < clients.size() && due(begin, started) <= System.nanoTime(); started++) {
                pool.connect(clients.get(started), parley.token(clients.get(started).user()));
            }
            pool.poll(started < clients.size() ? due(begin, started) : System.nanoTime() + IDLE);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long due(long begin, int number) {
        return begin + (long) (number * 1e9 / PER_SECOND);
    }

    private void connectAndDisconnect() {
        Console.progress("Warm-up: 10,000 connect and disconnect");
        cycle(FIRST_CYCLES);
        long before = parley.memory();
        Console.progress("100,000 connect and disconnect");
        double seconds = cycle(CYCLES);
        long after = parley.memory();
        var table = new Table("100,000 connections with a token, closed at once", "", "per second", "lost", "heap before MB", "after MB",
                "change", "connections left");
        table.row("after garbage collection", Table.integer(CYCLES / seconds), "" + lost, String.format(Locale.ROOT, "%.1f", before / 1e6),
                String.format(Locale.ROOT, "%.1f", after / 1e6), String.format(Locale.ROOT, "%+.1f %%", 100.0 * (after - before) / before),
                Table.integer(parley.metric("parley_connections")));
        table.print();
    }

    private double cycle(int cycles) {
        lost = 0;
        int[] closed = {0};
        try (ClientPool pool = new ClientPool(parley.address(), parley.dialect())) {
            pool.setListener(new ClientPool.Listener() {
                @Override
                public void ready(LoadClient client, long now) {
                    pool.disconnect(client);
                    closed[0]++;
                }

                @Override
                public void lost(LoadClient client, long now) {
                    lost++;
                }
            }, Integer.MAX_VALUE);
            long begin = System.nanoTime();
            for (int started = 0; closed[0] + lost < cycles && System.nanoTime() - begin < 2 * TIMEOUT;) {
                for (; started < cycles && started - closed[0] - lost < CONNECTING_AT_ONCE; started++) {
                    pool.connect(new LoadClient(started, "user" + started % USERS, "", false), parley.token("user" + started % USERS));
                }
                pool.poll(System.nanoTime() + IDLE);
                pool.removeClosed();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            // The server may still be processing the last closes.
            parley.awaitMetric("parley_connections", 0);
            return seconds;
        }
    }

    private static void poll(ClientPool pool, long nanos) {
        for (long end = System.nanoTime() + nanos; System.nanoTime() < end;) {
            pool.poll(end);
        }
    }
}
