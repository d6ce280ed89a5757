package parley.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program such as a broker or proxy that ends when this JVM ends, even if it is killed: a shell waits for the end of its standard
 * input and then terminates the program.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    // Ignore Ctrl-C: the servers that need the program must stop first.
    private static final String WRAPPER = """
            trap '' INT
            "$@" </dev/null & program=$!
            echo $program
            exec >/dev/null
            cat
            kill $program
            wait $program""";

    private final Process shell;
    private final ProcessHandle program;

    private ChildProcess(Process shell, ProcessHandle program) {
        this.shell = shell;
        this.program = program;
    }

    /** Starts a command that stays in the foreground. Its output goes to this file. */
    public static ChildProcess start(List<String> command, Map<String, String> environment, File log) {
        try {
            List<String> wrapped = Stream.concat(Stream.of("sh", "-c", WRAPPER.replace("\"$@\"", "\"$@\" >\"$0\" 2>&1"), log.toString()),
                    command.stream()).toList();
            Files.createDirectories(log.toPath().getParent());
            var builder = new ProcessBuilder(wrapped).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            Process shell = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(shell)));
            long id = Long.parseLong(shell.inputReader().readLine());
            return new ChildProcess(shell, ProcessHandle.of(id)
                    .orElseThrow(() -> new CannotRun(command.getFirst() + " ended immediately.")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process of the program, not of the shell. */
    ProcessHandle process() {
        return program;
    }

    public boolean isAlive() {
        return program.isAlive();
    }

    /** Kills the program, as a crash would. */
    public void kill() {
        program.destroyForcibly();
        stop(shell);
    }

    /** Terminates the program, and kills it after 10 s. */
    @Override
    public void close() {
        stop(shell);
        program.destroyForcibly();
    }

    private static void stop(Process shell) {
        try {
            shell.getOutputStream().close();
            shell.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            shell.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
