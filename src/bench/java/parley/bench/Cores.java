package parley.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** CPU affinity of the processes: the server on the first core, everything else on the others. */
final class Cores {

    /** The number of cores at the start of this JVM, before its affinity changes. */
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final boolean CAN_PIN = System.getProperty("os.name").equals("Linux")
            && CORES > 1 && runs("taskset", "-V");

    private Cores() {
    }

    /** Whether processes can be pinned to cores here. */
    static boolean canPin() {
        return CAN_PIN;
    }

    /** The command prefix that pins a server to the first core; empty if that is not possible. */
    static List<String> pinToServerCore() {
        return CAN_PIN ? List.of("taskset", "-c", "0") : List.of();
    }

    /** Pins this JVM and new child processes to the first cores. */
    static void useFirst(int cores) {
        affinity("0-" + (Math.min(cores, CORES) - 1));
    }

    /** Pins this JVM and new child processes to all cores but the server's. */
    static void avoidServerCore() {
        affinity("1-" + (CORES - 1));
    }

    /** Lets this JVM and new child processes run on all cores again. */
    static void useAll() {
        affinity("0-" + (CORES - 1));
    }

    private static void affinity(String cores) {
        if (CAN_PIN && !runs("taskset", "-a", "-p", "-c", cores, "" + ProcessHandle.current().pid())) {
            throw new BenchFailed("taskset could not pin this JVM to the cores " + cores);
        }
    }

    private static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
