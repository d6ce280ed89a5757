package parley.bench;

import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What our own crowd of 500 takes, from a server that does nothing but send: no figure above it means anything. */
final class Ceiling {

    private static final int GUESTS = 500;
    private static final int EVERY = 20;

    private Ceiling() {
    }

    /** Messages a second; six seconds. */
    static double deliveriesPerSecond() {
        Process blaster = start();
        try {
            var address = new InetSocketAddress("127.0.0.1", Integer.parseInt(blaster.inputReader().readLine()));
            try (Crowd crowd = new Crowd(address, new BareWsDialect())) {
                Entrance.admit(crowd, IntStream.range(0, GUESTS).mapToObj(i -> new Guest(i, "", "", false)).toList(), user -> "");
                var tally = new Tally();
                crowd.tell(tally, EVERY);
                turn(crowd, ofSeconds(2).toNanos());
                long before = crowd.deliveries();
                long begin = System.nanoTime();
                turn(crowd, ofSeconds(4).toNanos());
                return (crowd.deliveries() - before) * 1e9 / (System.nanoTime() - begin);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            blaster.destroy();
        }
    }

    private static void turn(Crowd crowd, long nanos) {
        for (long end = System.nanoTime() + nanos; System.nanoTime() < end;) {
            crowd.turn(end);
        }
    }

    private static Process start() {
        List<String> command = new ArrayList<>(Processor.serversCore());
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Blaster.class.getName()));
        try {
            return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
