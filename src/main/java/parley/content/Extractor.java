package parley.content;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.extract.Kind;
import parley.extract.Outcome;
import parley.extract.Program;

/**
 * Finds the text of a file in a Java process that ends with it. The process has {@link #HEAP} and a time limit; it gets no environment of
 * the server, no file and no path, only the bytes. Waits for the process. Safe for every thread.
 */
final class Extractor {

    /** How long a process may take. A PDF of a hundred pages takes a second. */
    static final Duration LONGEST = Duration.ofSeconds(20);

    private static final Logger LOG = Logger.getLogger(Extractor.class.getName());
    /** Beside the heap, such a process needs at most 120 MB. */
    private static final String HEAP = "256m";
    private static final List<String> LIMITS = List.of("-Xmx" + HEAP, "-Xss1m", "-XX:MaxMetaspaceSize=64m", "-XX:ReservedCodeCacheSize=32m",
            "-XX:MaxDirectMemorySize=16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:ActiveProcessorCount=1",
            "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", "-Djava.awt.headless=true");
    /** The JVM itself writes nothing to the answer, and a crash leaves no file with parts of the document. */
    private static final List<String> SILENCE = List.of("-Xlog:disable", "-XX:+DisplayVMOutputToStderr", "-XX:-CreateCoredumpOnCrash",
            "-XX:+SuppressFatalErrorMessage");
    private static final Map<String, Outcome> OUTCOMES = Stream.of(Outcome.values())
            .collect(Collectors.toUnmodifiableMap(Outcome::name, outcome -> outcome));
    /** What a JVM with {@code ExitOnOutOfMemoryError} ends with. */
    private static final int OUT_OF_MEMORY = 3;
    /** Classes of the program and of each library that it needs. */
    private static final List<String> CLASSES = Stream.of("parley/extract/Program", "org/apache/pdfbox/Loader",
            "org/apache/pdfbox/io/RandomAccessRead", "org/apache/fontbox/FontBoxFont", "org/apache/commons/logging/LogFactory")
            .map(name -> name + ".class").toList();

    private final ScheduledExecutorService timer;
    private final Duration longest;
    private final String classPath;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /**
     * @param timer ends processes whose time is over
     * @param longest {@link #LONGEST}, except in tests
     */
    Extractor(ScheduledExecutorService timer, Duration longest) {
        this.timer = timer;
        this.longest = longest;
        classPath = classPath();
    }

    /** What became of a file, and its text, which is empty unless it was found. */
    record Extraction(Outcome outcome, String text) {

        private Extraction(Outcome outcome) {
            this(outcome, "");
        }
    }

    /**
     * Extracts the text of a file.
     *
     * @throws IOException if its bytes can't be read, or the process can't be started
     */
    Extraction extract(Kind kind, InputStream file) throws IOException {
        byte[] bytes = file.readAllBytes();
        ProcessBuilder program = new ProcessBuilder(command(kind)).directory(new File(System.getProperty("java.io.tmpdir")))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        program.environment().clear();
        long begin = System.nanoTime();
        Process process = program.start();
        running.add(process);
        try {
            ScheduledFuture<?> end = timer.schedule(process::destroyForcibly, longest.toMillis(), TimeUnit.MILLISECONDS);
            byte[] answer = answer(process, bytes);
            end.cancel(false);
            return System.nanoTime() - begin >= longest.toNanos() ? new Extraction(Outcome.TOO_SLOW)
                    : extraction(exitCode(process), answer);
        } finally {
            process.destroyForcibly();
            running.remove(process);
        }
    }

    /** Ends all processes. Their outcome means nothing. */
    void stop() {
        running.forEach(Process::destroyForcibly);
    }

    private List<String> command(Kind kind) {
        // The process ends itself only if this server is killed first.
        String itself = String.valueOf(longest.plusSeconds(1).toSeconds());
        return Stream.of(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()), LIMITS.stream(),
                SILENCE.stream(), Stream.of("-cp", classPath, Program.class.getName(), kind.name(), itself)).flatMap(part -> part).toList();
    }

    private static byte[] answer(Process process, byte[] file) {
        try (InputStream from = process.getInputStream()) {
            try (OutputStream to = process.getOutputStream()) {
                to.write(file);
            }
            return from.readNBytes(Program.MOST_BYTES);
        } catch (IOException ended) {
            LOG.log(Level.FINE, "A process that extracts text ended before it read the file", ended);
            return new byte[0];
        }
    }

    static Extraction extraction(int exitCode, byte[] answer) {
        return switch (exitCode) {
            case 0 -> {
                String[] said = new String(answer, StandardCharsets.UTF_8).split("\n", 2);
                Outcome outcome = said.length < 2 ? null : OUTCOMES.get(said[0]);
                yield outcome == null ? new Extraction(Outcome.FAILED) : new Extraction(outcome, said[1]);
            }
            case OUT_OF_MEMORY -> new Extraction(Outcome.OUT_OF_MEMORY);
            case Program.TOO_SLOW -> new Extraction(Outcome.TOO_SLOW);
            default -> new Extraction(Outcome.FAILED);
        };
    }

    // It has closed its answer, so it ends now.
    private int exitCode(Process process) {
        try {
            return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    // The files of the application: a folder of classes, and libraries.
    private static String classPath() {
        Set<String> paths = new LinkedHashSet<>();
        for (String name : CLASSES) {
            URL found = Extractor.class.getClassLoader().getResource(name);
            paths.add(found == null ? missing(name) : path(found.toString(), name));
        }
        return String.join(File.pathSeparator, paths);
    }

    private static String path(String url, String name) {
        try {
            if (url.startsWith("jar:file:")) {
                return Path.of(new URI(url.substring("jar:".length(), url.indexOf("!/")))).toString();
            }
            if (url.startsWith("file:")) {
                return Path.of(new URI(url.substring(0, url.length() - name.length()))).toString();
            }
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            LOG.log(Level.FINE, "The place of a class is no file", malformed);
        }
        return missing(name);
    }

    private static String missing(String name) {
        throw new IllegalStateException("The class " + name + " is in no file, so the text of files can't be extracted");
    }
}
