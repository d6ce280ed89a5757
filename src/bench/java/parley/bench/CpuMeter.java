package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Measures CPU usage from its creation until {@link #read}. */
final class CpuMeter {

    /** Seconds in a unit of {@code /proc/stat} (sysconf(_SC_CLK_TCK) on every Linux that Java runs on). */
    private static final double TICK = 0.01;
    private static final Path STAT = Path.of("/proc/stat");

    private final List<ProcessHandle> servers;
    private final boolean hasOwnCore;
    private final long begin = System.nanoTime();
    private final Duration serverBefore;
    private final Duration clientBefore;
    private final double takenBefore;
    private final double idleBefore;

    /**
     * CPU usage in cores.
     *
     * @param server by the server, all instances together
     * @param client by this JVM
     * @param stolen taken from the server: with its own core, by other processes on that core; otherwise by the hypervisor; 0 if unknown
     * @param idle   of all cores
     */
    record Usage(double server, double client, double stolen, double idle) {

        /** Prints a warning if the measurement is not reliable. */
        void warnIfDisturbed() {
            if (disturbed()) {
                Console.print(String.format(Locale.ROOT, "other processes took %.2f cores from the server: measure again", stolen));
            }
        }

        /** Whether other processes took more than 0.05 cores from the server. */
        boolean disturbed() {
            return stolen > 0.05;
        }
    }

    CpuMeter(ProcessHandle server) {
        this(List.of(server), true);
    }

    CpuMeter(ServerUnderTest target) {
        this(target.processes(), target.hasOwnCore());
    }

    private CpuMeter(List<ProcessHandle> servers, boolean hasOwnCore) {
        this.servers = servers;
        this.hasOwnCore = hasOwnCore;
        serverBefore = time(servers);
        clientBefore = time(ProcessHandle.current());
        takenBefore = taken();
        idleBefore = idle();
    }

    /** The usage so far. */
    Usage read() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        double serverTime = time(servers).minus(serverBefore).toNanos() / 1e9;
        double stolen = stolen(taken() - takenBefore, serverTime);
        return new Usage(serverTime / seconds, time(ProcessHandle.current()).minus(clientBefore).toNanos() / 1e9 / seconds,
                stolen / seconds, (idle() - idleBefore) / seconds);
    }

    private double stolen(double taken, double serverTime) {
        if (!hasOwnCore) {
            return taken;
        }
        return Cores.canPin() ? Math.max(0, taken - serverTime) : 0;
    }

    private static Duration time(List<ProcessHandle> processes) {
        return processes.stream().map(CpuMeter::time).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration time(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    // Seconds that the server's core was busy, or that the hypervisor stole from any core. Columns: proc(5).
    private double taken() {
        return hasOwnCore ? seconds("cpu0", 1, 2, 3, 8) : seconds("cpu", 8);
    }

    // Seconds that cores were idle or waited for I/O.
    private static double idle() {
        return seconds("cpu", 4, 5);
    }

    private static double seconds(String cores, int... columns) {
        try {
            String[] ticks = Files.readAllLines(STAT).stream().filter(line -> line.startsWith(cores + " ")).findFirst().orElse("")
                    .split(" +");
            return IntStream.of(columns).filter(column -> column < ticks.length).mapToDouble(column -> number(ticks[column])).sum() * TICK;
        } catch (IOException notLinux) {
            return 0;
        }
    }

    private static double number(String ticks) {
        return Double.parseDouble(ticks);
    }
}
