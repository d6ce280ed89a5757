package parley.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The machine's cores: who runs where, and how much of one a process takes. */
final class Processor {

    /** As this JVM saw them at its start, wherever it may run now. */
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final boolean PINS = System.getProperty("os.name").equals("Linux")
            && CORES > 1 && runs("taskset", "-V");

    private Processor() {
    }

    /** Whether processes can be kept on a core here. */
    static boolean pins() {
        return PINS;
    }

    /** The command that keeps a server on the first core; nothing where that can't be done. */
    static List<String> serversCore() {
        return PINS ? List.of("taskset", "-c", "0") : List.of();
    }

    /** Keeps this JVM, and whatever it starts from now on, on that many cores, the first ones. */
    static void useFirst(int cores) {
        affinity("0-" + (Math.min(cores, CORES) - 1));
    }

    /** Keeps this JVM, and whatever it starts from now on, off the server's core. */
    static void leaveServersCore() {
        affinity("1-" + (CORES - 1));
    }

    /** Lets this JVM, and whatever it starts from now on, run everywhere again. */
    static void useAll() {
        affinity("0-" + (CORES - 1));
    }

    private static void affinity(String cores) {
        if (PINS && !runs("taskset", "-a", "-p", "-c", cores, "" + ProcessHandle.current().pid())) {
            throw new BenchFailed("taskset could not keep this JVM on the cores " + cores);
        }
    }

    private static boolean runs(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
