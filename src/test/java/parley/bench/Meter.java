package parley.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

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
    private final double coreBefore;

    /**
     * Shares of one core.
     *
     * @param server of the server, its instances together
     * @param ours   of this JVM
     * @param others of the server's core, by anything else; 0 where that isn't known
     */
    record Usage(double server, double ours, double others) {

        /** Tells the person where the figures before are not to be trusted. */
        void tell() {
            if (disturbed()) {
                Say.line(String.format(Locale.ROOT, "something else had %.2f of the server's core meanwhile: measure again", others));
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
        coreBefore = serversCore();
    }

    /** The shares until now. */
    Usage read() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        double serverTime = time(servers).minus(serverBefore).toNanos() / 1e9;
        double others = Math.max(0, serversCore() - coreBefore - serverTime);
        return new Usage(serverTime / seconds, time(ProcessHandle.current()).minus(oursBefore).toNanos() / 1e9 / seconds,
                hasItsCore && Processor.pins() ? others / seconds : 0);
    }

    private static Duration time(List<ProcessHandle> processes) {
        return processes.stream().map(Meter::time).reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration time(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    // Seconds that the first core ran programs, or was kept from us by the machine under this one.
    private static double serversCore() {
        try {
            String[] ticks = Files.readAllLines(STAT).stream().filter(line -> line.startsWith("cpu0 ")).findFirst().orElse("").split(" +");
            return ticks.length < 9 ? 0 : (number(ticks[1]) + number(ticks[2]) + number(ticks[3]) + number(ticks[8])) * TICK;
        } catch (IOException notLinux) {
            return 0;
        }
    }

    private static double number(String ticks) {
        return Double.parseDouble(ticks);
    }
}
