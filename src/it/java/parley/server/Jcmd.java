package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** Diagnostics of another JVM by {@code jcmd}. Heap figures run a full garbage collection first, which may take seconds. */
public final class Jcmd {

    private Jcmd() {
    }

    /** The size of all live objects in bytes. */
    public static long liveBytes(ProcessHandle jvm) {
        return histogram(jvm).stream().filter(row -> row[0].equals("Total")).mapToLong(row -> Long.parseLong(row[2])).sum();
    }

    /** The number of live objects of this class. */
    public static long liveInstances(ProcessHandle jvm, String className) {
        return histogram(jvm).stream().filter(row -> row.length > 3 && row[3].equals(className)).mapToLong(row -> Long.parseLong(row[1]))
                .sum();
    }

    /** The names of all threads. */
    public static List<String> threadNames(ProcessHandle jvm) {
        return run(jvm, "Thread.print").stream().filter(line -> line.startsWith("\"")).map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
    }

    /** What all threads do, and which locks they hold and wait for. */
    static String threads(ProcessHandle jvm) {
        return String.join("\n", run(jvm, "Thread.print"));
    }

    // Rows: number, instances, bytes, class. The last row: "Total", instances, bytes.
    private static List<String[]> histogram(ProcessHandle jvm) {
        List<String[]> rows = run(jvm, "GC.class_histogram").stream().map(line -> line.strip().split("\\s+")).toList();
        if (rows.stream().noneMatch(row -> row[0].equals("Total"))) {
            throw new CannotRun("jcmd printed no class histogram: " + (rows.isEmpty() ? "no output" : String.join(" ", rows.getFirst())));
        }
        return rows;
    }

    private static List<String> run(ProcessHandle jvm, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            return new ProcessBuilder(jcmd, "" + jvm.pid(), command).redirectErrorStream(true).start().inputReader().lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
