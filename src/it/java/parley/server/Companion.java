package parley.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that runs beside the servers, a broker or a balancer, and ends when this JVM does, however it does: a shell waits for the
 * end of its own standard input and then ends the program.
 */
public final class Companion implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    // Ctrl-C reaches this shell too, before the servers that need the program have stopped.
    private static final String LEASH = """
            trap '' INT
            "$@" </dev/null & program=$!
            echo $program
            exec >/dev/null
            cat
            kill $program
            wait $program""";

    private final Process shell;
    private final ProcessHandle program;

    private Companion(Process shell, ProcessHandle program) {
        this.shell = shell;
        this.program = program;
    }

    /** Starts the command, which must not put itself into the background; what it prints is in that file. */
    public static Companion start(List<String> command, Map<String, String> environment, File log) {
        try {
            List<String> whole = Stream.concat(Stream.of("sh", "-c", LEASH.replace("\"$@\"", "\"$@\" >\"$0\" 2>&1"), log.toString()),
                    command.stream()).toList();
            Files.createDirectories(log.toPath().getParent());
            var builder = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            Process shell = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(shell)));
            long id = Long.parseLong(shell.inputReader().readLine());
            return new Companion(shell, ProcessHandle.of(id).orElseThrow(() -> new CannotRun(command.getFirst() + " ended at once.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program's process. */
    ProcessHandle process() {
        return program;
    }

    public boolean isAlive() {
        return program.isAlive();
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        program.destroyForcibly();
        stop(shell);
    }

    /** Ends it cleanly; after 10 s not so cleanly. */
    @Override
    public void close() {
        stop(shell);
        program.destroyForcibly();
    }

    private static void stop(Process shell) {
        try {
            shell.getOutputStream().close();
            shell.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            shell.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
