package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs Payara's {@code asadmin} on this JVM's Java, as an administrator would. */
final class Asadmin {
    private static final Pattern SUCCEEDED = Pattern.compile("Command \\S+ (executed successfully|completed with warnings)\\.");
    private static final Pattern FAILED = Pattern.compile("Command \\S+ failed\\.");
    // A stopped instance gets the change when it starts, but asadmin reports the command as failed.
    private static final Pattern OFFLINE_INSTANCE = Pattern.compile("Warning: Instance \\S+ seems to be offline; .*");
    private static final Pattern ALREADY_SUCCEEDED = Pattern.compile("already exists|does not exist");

    /** It runs for a second, which the C2 compiler would double. */
    private static final List<String> FAST_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path payara;

    Asadmin(Path payara) {
        this.payara = payara;
    }

    /**
     * Runs a file of commands. Creating what exists and deleting what does not exist is no error. Any other failure is a
     * {@link CannotRun} with asadmin's messages, thrown after all commands ran.
     */
    void apply(Path commands, int port) {
        List<String> errors = errors(run("--port", "" + port, "multimode", "--file", commands.toString()));
        errors.removeIf(error -> ALREADY_SUCCEEDED.matcher(error).find());
        if (!errors.isEmpty()) {
            throw new CannotRun(commands.getFileName() + " could not be applied: " + String.join("; ", errors));
        }
    }

    /** Deploys a WAR as {@code /parley} and replaces an application of the same name. */
    void deploy(Path war, String name, String target, int port) {
        List<String> errors = errors(run("--port", "" + port, "deploy", "--force", "--target", target, "--name", name,
                "--contextroot", "/parley", war.toString()));
        if (!errors.isEmpty()) {
            throw new CannotRun("The server rejected " + war.getFileName() + ": " + errors.getFirst());
        }
    }

    /** Sets an attribute by its dotted name. */
    void set(String attribute, String value, int port) {
        List<String> errors = errors(run("--port", "" + port, "set", attribute + "=" + value));
        if (!errors.isEmpty()) {
            throw new CannotRun(attribute + " could not be set: " + errors.getFirst());
        }
    }

    /** All attributes of the domain as lines {@code name=value}. */
    List<String> settings(int port) {
        return run("--port", "" + port, "get", "*").lines().filter(line -> line.contains("=")).toList();
    }

    /** All log attributes of the server as lines {@code name <value>}. */
    List<String> logAttributes(int port) {
        return run("--port", "" + port, "list-log-attributes").lines().filter(line -> line.endsWith(">")).toList();
    }

    /** Whether a command without arguments succeeds. */
    boolean succeeds(String command, int port) {
        return errors(run("--port", "" + port, command)).isEmpty();
    }

    /**
     * Creates a deployment group with {@code cluster.sh}, as an administrator would.
     *
     * @param script    path of {@code cluster.sh}
     * @param instances the number of instances
     */
    void createGroup(Path script, int instances, int port) {
        run(script, List.of("--instances", "" + instances), Map.of(), port);
    }

    /**
     * Runs a script of {@code server-config/} as an administrator would.
     *
     * @param environment additional environment variables
     * @return its output
     */
    String run(Path script, List<String> arguments, Map<String, String> environment, int port) {
        var command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("ASADMIN", payara.resolve("bin/asadmin").toString(), "AS_ADMIN_PORT", "" + port,
                "AS_EXTRA_JAVA_OPTS", String.join(" ", FAST_START)));
        builder.environment().putAll(environment);
        Output output = run(builder);
        if (output.exitCode() != 0) {
            throw new CannotRun(script.getFileName() + " failed: " + output.text().strip());
        }
        return output.text();
    }

    /** Whether the server accepts asadmin with the credentials in this environment. */
    boolean accepts(Map<String, String> environment, int port) {
        var builder = new ProcessBuilder(payara.resolve("bin/asadmin").toString(), "--port", "" + port, "--interactive=false",
                "list-virtual-servers")
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        return run(builder).exitCode() == 0;
    }

    /** Changes the administrator's password. The file has asadmin's format for passwords. */
    void changePassword(Path passwords, int port) {
        List<String> errors = errors(run("--port", "" + port, "--user", "admin", "--passwordfile", passwords.toString(),
                "change-admin-password"));
        if (!errors.isEmpty()) {
            throw new CannotRun("The password could not be changed: " + errors.getFirst());
        }
    }

    /** The command line with which asadmin would start a domain, one argument per element. */
    List<String> commandLine(Path domain, Path preBoot) {
        return commandLine(run("start-domain", "--dry-run", "--domaindir", domain.getParent().toString(),
                "--prebootcommandfile", preBoot.toString(), domain.getFileName().toString()));
    }

    /**
     * The command line for an instance of a deployment group. asadmin fetches its configuration and applications from the domain.
     *
     * @param nodes the folder that contains the node's folder
     */
    List<String> instanceCommandLine(Path nodes, String node, String instance) {
        return commandLine(run("start-local-instance", "--dry-run", "--nodedir", nodes.toString(), "--node", node, instance));
    }

    private static List<String> commandLine(String output) {
        List<String> errors = errors(output);
        if (!errors.isEmpty()) {
            throw new CannotRun("The server could not be started: " + errors.getFirst());
        }
        return new ArrayList<>(output.lines().dropWhile(line -> !line.startsWith("Dump of JVM")).skip(1)
                .filter(line -> !line.isBlank() && !SUCCEEDED.matcher(line).matches()).toList());
    }

    private String run(String... arguments) {
        Path home = Path.of(System.getProperty("java.home"));
        var command = new ArrayList<>(List.of(home.resolve("bin/java").toString()));
        command.addAll(FAST_START);
        command.addAll(List.of("-jar", payara.resolve("glassfish/lib/client/appserver-cli.jar").toString()));
        command.addAll(List.of(arguments));
        return run(new ProcessBuilder(command).redirectErrorStream(true)).text();
    }

    private record Output(String text, int exitCode) {}

    private static Output run(ProcessBuilder command) {
        command.environment().put("AS_JAVA", System.getProperty("java.home"));
        try {
            Process process = command.start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(text, process.waitFor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted.");
        }
    }

    /**
     * The messages above each line "Command … failed.": the exit code does not cover the commands in a file. A command that only
     * warned about a stopped instance has succeeded.
     */
    private static List<String> errors(String output) {
        var errors = new ArrayList<String>();
        var message = new StringBuilder();
        for (String line : output.lines().toList()) {
            if (FAILED.matcher(line).matches() && !message.toString().isBlank()) {
                errors.add(message.toString().strip());
                message.setLength(0);
            } else if (SUCCEEDED.matcher(line).matches()) {
                message.setLength(0);
            } else if (!OFFLINE_INSTANCE.matcher(line).matches() && !FAILED.matcher(line).matches()) {
                message.append(line.strip()).append(' ');
            }
        }
        return errors;
    }
}
