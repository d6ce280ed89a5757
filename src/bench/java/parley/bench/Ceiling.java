package parley.bench;

import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How many deliveries 500 clients of the pool can count from a {@link FloodServer}. No result above it is meaningful. */
final class Ceiling {

    private static final int CLIENTS = 500;
    private static final int SAMPLE_EVERY = 20;

    private Ceiling() {
    }

    /** Deliveries per second; takes six seconds. */
    static double deliveriesPerSecond() {
        Process server = start();
        try {
            var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(server.inputReader().readLine()));
            try (ClientPool pool = new ClientPool(address, new BareWsDialect())) {
                Connector.connectAll(pool, IntStream.range(0, CLIENTS).mapToObj(i -> new LoadClient(i, "", "", false)).toList(),
                        user -> "");
                var results = new Results();
                pool.setListener(results, SAMPLE_EVERY);
                poll(pool, ofSeconds(2).toNanos());
                long before = pool.deliveries();
                long begin = System.nanoTime();
                poll(pool, ofSeconds(4).toNanos());
                return (pool.deliveries() - before) * 1e9 / (System.nanoTime() - begin);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server.destroy();
        }
    }

    private static void poll(ClientPool pool, long nanos) {
        for (long end = System.nanoTime() + nanos; System.nanoTime() < end;) {
            pool.poll(end);
        }
    }

    private static Process start() {
        List<String> command = new ArrayList<>(Cores.pinToServerCore());
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), FloodServer.class.getName()));
        try {
            return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
