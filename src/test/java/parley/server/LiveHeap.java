package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** What lives in another JVM's heap. Its histogram of classes collects first, which may take seconds, and every collector has it. */
public final class LiveHeap {

    private LiveHeap() {
    }

    /** Bytes of live objects. */
    public static long bytes(ProcessHandle jvm) {
        return histogram(jvm).stream().filter(row -> row[0].equals("Total")).mapToLong(row -> Long.parseLong(row[2])).sum();
    }

    /** How many live objects there are of this class. */
    public static long instances(ProcessHandle jvm, String className) {
        return histogram(jvm).stream().filter(row -> row.length > 3 && row[3].equals(className)).mapToLong(row -> Long.parseLong(row[1])).sum();
    }

    // Rows of number, instances, bytes and class, and in the end "Total", instances and bytes.
    private static List<String[]> histogram(ProcessHandle jvm) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, "" + jvm.pid(), "GC.class_histogram").redirectErrorStream(true).start();
            List<String[]> rows = process.inputReader().lines().map(line -> line.strip().split("\\s+")).toList();
            if (rows.stream().noneMatch(row -> row[0].equals("Total"))) {
                throw new CannotRun("jcmd did not tell the heap: " + (rows.isEmpty() ? "nothing" : String.join(" ", rows.getFirst())));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
