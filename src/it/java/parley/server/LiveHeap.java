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

    /** The names of its threads. */
    public static List<String> threads(ProcessHandle jvm) {
        return said(jvm, "Thread.print").stream().filter(line -> line.startsWith("\"")).map(line -> line.substring(1, line.indexOf('"', 1))).toList();
    }

    // Rows of number, instances, bytes and class, and in the end "Total", instances and bytes.
    private static List<String[]> histogram(ProcessHandle jvm) {
        List<String[]> rows = said(jvm, "GC.class_histogram").stream().map(line -> line.strip().split("\\s+")).toList();
        if (rows.stream().noneMatch(row -> row[0].equals("Total"))) {
            throw new CannotRun("jcmd did not tell the heap: " + (rows.isEmpty() ? "nothing" : String.join(" ", rows.getFirst())));
        }
        return rows;
    }

    private static List<String> said(ProcessHandle jvm, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            return new ProcessBuilder(jcmd, "" + jvm.pid(), command).redirectErrorStream(true).start().inputReader().lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
