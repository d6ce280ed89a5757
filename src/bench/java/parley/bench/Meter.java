package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Who used how much processor since this was made. */
final class Meter {

    /** Seconds in a unit of {@code /proc/stat} (sysconf(_SC_CLK_TCK) on every Linux that Java runs on). */
    private static final double TICK = 0.01;
    private static final Path STAT = Path.of("/proc/stat");

    private final List<ProcessHandle> servers;
    private final boolean hasItsCore;
    private final long begin = System.nanoTime();
    private final Duration serverBefore;
    private final Duration oursBefore;
    private final double takenBefore;
    private final double idleBefore;

    /**
     * Shares of one core.
     *
     * @param server of the server, its instances together
     * @param ours   of this JVM
     * @param others what was taken from the server: of its core, by anything else; where it has none of its own, of all cores, by the
     *     machine under this one; 0 where that isn't known
     * @param idle of all cores
     */
    record Usage(double server, double ours, double others, double idle) {

        /** Tells the person where the figures before are not to be trusted. */
        void tell() {
            if (disturbed()) {
                Say.line(String.format(Locale.ROOT, "something else had %.2f of what is the server's meanwhile: measure again", others));
            }
        }

        /** Whether so much was taken from the server that the figures are not its own. */
        boolean disturbed() {
            return others > 0.05;
        }
    }

    Meter(ProcessHandle server) {
        this(List.of(server), true);
    }

    Meter(Subject subject) {
        this(subject.processes(), subject.hasItsCore());
    }

    private Meter(List<ProcessHandle> servers, boolean hasItsCore) {
        this.servers = servers;
        this.hasItsCore = hasItsCore;
        serverBefore = time(servers);
        oursBefore = time(ProcessHandle.current());
        takenBefore = taken();
        idleBefore = idle();
    }

    /** The shares until now. */
    Usage read() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        double serverTime = time(servers).minus(serverBefore).toNanos() / 1e9;
        double others = others(taken() - takenBefore, serverTime);
        return new Usage(serverTime / seconds, time(ProcessHandle.current()).minus(oursBefore).toNanos() / 1e9 / seconds,
                others / seconds, (idle() - idleBefore) / seconds);
    }

    private double others(double taken, double serverTime) {
        if (!hasItsCore) {
            return taken;
        }
        return Processor.pins() ? Math.max(0, taken - serverTime) : 0;
    }

    private static Duration time(List<ProcessHandle> processes) {
        return processes.stream().map(Meter::time).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration time(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    // Seconds that the server's core ran programs, or any core was kept from us by the machine under this one. The columns: proc(5).
    private double taken() {
        return hasItsCore ? seconds("cpu0", 1, 2, 3, 8) : seconds("cpu", 8);
    }

    // Seconds that cores had nothing to do, or waited for a disk.
    private static double idle() {
        return seconds("cpu", 4, 5);
    }

    private static double seconds(String cores, int... columns) {
        try {
            String[] ticks = Files.readAllLines(STAT).stream().filter(line -> line.startsWith(cores + " ")).findFirst().orElse("").split(" +");
            return IntStream.of(columns).filter(column -> column < ticks.length).mapToDouble(column -> number(ticks[column])).sum() * TICK;
        } catch (IOException notLinux) {
            return 0;
        }
    }

    private static double number(String ticks) {
        return Double.parseDouble(ticks);
    }
}
