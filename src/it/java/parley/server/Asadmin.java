package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Payara's own administration program, run with this JVM's java: the same commands that an administrator types. */
final class Asadmin {
    private static final Pattern DONE = Pattern.compile("Command \\S+ (executed successfully|completed with warnings)\\.");
    private static final Pattern FAILED = Pattern.compile("Command \\S+ failed\\.");
    // An instance that does not run gets the change when it starts; asadmin calls a command with such a warning failed.
    private static final Pattern LATER = Pattern.compile("Warning: Instance \\S+ seems to be offline; .*");
    private static final Pattern HARMLESS = Pattern.compile("already exists|does not exist");

    private final Path payara;

    Asadmin(Path payara) {
        this.payara = payara;
    }

    /**
     * Runs a file of commands. One that finds its thing already there (or already gone) is content; any other failure is a
     * {@link CannotRun} with asadmin's words, after the whole file was tried.
     */
    void apply(Path commands, int port) {
        List<String> complaints = complaints(run("--port", "" + port, "multimode", "--file", commands.toString()));
        complaints.removeIf(complaint -> HARMLESS.matcher(complaint).find());
        if (!complaints.isEmpty()) {
            throw new CannotRun(commands.getFileName() + " could not be applied: " + String.join("; ", complaints));
        }
    }

    /** Deploys a WAR at {@code /parley} of that server, replacing an earlier one of that name. */
    void deploy(Path war, String name, String target, int port) {
        List<String> complaints = complaints(run("--port", "" + port, "deploy", "--force", "--target", target, "--name", name,
                "--contextroot", "/parley", war.toString()));
        if (!complaints.isEmpty()) {
            throw new CannotRun("The server refused " + war.getFileName() + ": " + complaints.getFirst());
        }
    }

    /** Sets one attribute, by its dotted name. */
    void set(String attribute, String value, int port) {
        List<String> complaints = complaints(run("--port", "" + port, "set", attribute + "=" + value));
        if (!complaints.isEmpty()) {
            throw new CannotRun(attribute + " can't be set: " + complaints.getFirst());
        }
    }

    /** Every attribute of the domain and its value, a line each. */
    List<String> settings(int port) {
        return run("--port", "" + port, "get", "*").lines().filter(line -> line.contains("=")).toList();
    }

    /** Every attribute of the server's log and its value, a line each. */
    List<String> logAttributes(int port) {
        return run("--port", "" + port, "list-log-attributes").lines().filter(line -> line.endsWith(">")).toList();
    }

    /** Whether the server does this, a command without arguments. */
    boolean succeeds(String command, int port) {
        return complaints(run("--port", "" + port, command)).isEmpty();
    }

    /**
     * Makes a deployment group by {@code cluster.sh}, as an administrator would.
     *
     * @param script    the file, which a POSIX shell runs
     * @param instances how many the group gets
     */
    void makeGroup(Path script, int instances, int port) {
        run(script, List.of("--instances", "" + instances), Map.of(), port);
    }

    /**
     * Runs a script of {@code server-config/} as an administrator would.
     *
     * @param environment what the script reads from there
     * @return what it printed
     */
    String run(Path script, List<String> arguments, Map<String, String> environment, int port) {
        var command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("ASADMIN", payara.resolve("bin/asadmin").toString(), "AS_ADMIN_PORT", "" + port));
        builder.environment().putAll(environment);
        Answer answer = answer(builder);
        if (answer.exitCode() != 0) {
            throw new CannotRun(script.getFileName() + " failed: " + answer.said().strip());
        }
        return answer.said();
    }

    /** Whether the server takes a command of whoever asadmin's own variables in this environment say that one is. */
    boolean admits(Map<String, String> environment, int port) {
        var builder = new ProcessBuilder(payara.resolve("bin/asadmin").toString(), "--port", "" + port, "--interactive=false", "list-virtual-servers")
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        return answer(builder).exitCode() == 0;
    }

    /** Changes the administrator's password as this file of passwords says, by asadmin's own names. */
    void changePassword(Path passwords, int port) {
        List<String> complaints = complaints(run("--port", "" + port, "--user", "admin", "--passwordfile", passwords.toString(),
                "change-admin-password"));
        if (!complaints.isEmpty()) {
            throw new CannotRun("The password can't be changed: " + complaints.getFirst());
        }
    }

    /** The command line, an argument an element, that starts a domain: asadmin's own, but not yet run. */
    List<String> commandLine(Path domain, Path preBoot) {
        return commandLine(run("start-domain", "--dry-run", "--domaindir", domain.getParent().toString(),
                "--prebootcommandfile", preBoot.toString(), domain.getFileName().toString()));
    }

    /**
     * The same of a group's instance, whose configuration and applications are fetched from its domain's server by that.
     *
     * @param nodes the folder that the instance's node has its own folder in
     */
    List<String> instanceCommandLine(Path nodes, String node, String instance) {
        return commandLine(run("start-local-instance", "--dry-run", "--nodedir", nodes.toString(), "--node", node, instance));
    }

    private static List<String> commandLine(String said) {
        List<String> complaints = complaints(said);
        if (!complaints.isEmpty()) {
            throw new CannotRun("The server can't be started: " + complaints.getFirst());
        }
        return new ArrayList<>(said.lines().dropWhile(line -> !line.startsWith("Dump of JVM")).skip(1)
                .filter(line -> !line.isBlank() && !DONE.matcher(line).matches()).toList());
    }

    private String run(String... arguments) {
        Path home = Path.of(System.getProperty("java.home"));
        // It works for a second, which the second compiler would double.
        var command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar",
                payara.resolve("glassfish/lib/client/appserver-cli.jar").toString()));
        command.addAll(List.of(arguments));
        return answer(new ProcessBuilder(command).redirectErrorStream(true)).said();
    }

    private record Answer(String said, int exitCode) {}

    private static Answer answer(ProcessBuilder command) {
        command.environment().put("AS_JAVA", System.getProperty("java.home"));
        try {
            Process process = command.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(said, process.waitFor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted.");
        }
    }

    /**
     * What asadmin printed above each "Command … failed.", for its exit code says nothing of the commands in a file. Where it printed
     * nothing but that an instance gets the change later, there is nothing to complain of.
     */
    private static List<String> complaints(String said) {
        var complaints = new ArrayList<String>();
        var answer = new StringBuilder();
        for (String line : said.lines().toList()) {
            if (FAILED.matcher(line).matches() && !answer.toString().isBlank()) {
                complaints.add(answer.toString().strip());
                answer.setLength(0);
            } else if (DONE.matcher(line).matches()) {
                answer.setLength(0);
            } else if (!LATER.matcher(line).matches() && !FAILED.matcher(line).matches()) {
                answer.append(line.strip()).append(' ');
            }
        }
        return complaints;
    }
}
