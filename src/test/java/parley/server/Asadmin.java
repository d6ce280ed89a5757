package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Payara's own administration program, run with this JVM's java: the same commands that an administrator types. */
final class Asadmin {
    private static final Pattern DONE = Pattern.compile("Command \\S+ executed successfully\\.");
    private static final Pattern FAILED = Pattern.compile("Command \\S+ failed\\.");
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

    /** Deploys a WAR at {@code /<name>}, replacing an earlier one of that name. */
    void deploy(Path war, String name, int port) {
        List<String> complaints = complaints(
                run("--port", "" + port, "deploy", "--force", "--name", name, "--contextroot", "/" + name, war.toString()));
        if (!complaints.isEmpty()) {
            throw new CannotRun("The server refused " + war.getFileName() + ": " + complaints.getFirst());
        }
    }

    /** The command line, an argument an element, that starts a domain: asadmin's own, but not yet run. */
    List<String> commandLine(Path domain, Path preBoot) {
        String said = run("start-domain", "--dry-run", "--domaindir", domain.getParent().toString(),
                "--prebootcommandfile", preBoot.toString(), domain.getFileName().toString());
        List<String> complaints = complaints(said);
        if (!complaints.isEmpty()) {
            throw new CannotRun("The domain can't be started: " + complaints.getFirst());
        }
        return new ArrayList<>(said.lines().dropWhile(line -> !line.startsWith("Dump of JVM")).skip(1)
                .filter(line -> !line.isBlank() && !DONE.matcher(line).matches()).toList());
    }

    private String run(String... arguments) {
        Path home = Path.of(System.getProperty("java.home"));
        var command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-jar",
                payara.resolve("glassfish/lib/client/appserver-cli.jar").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("AS_JAVA", home.toString());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What asadmin printed above each "Command … failed.", for its exit code says nothing of the commands in a file. */
    private static List<String> complaints(String said) {
        var complaints = new ArrayList<String>();
        var answer = new StringBuilder();
        for (String line : said.lines().toList()) {
            if (FAILED.matcher(line).matches()) {
                complaints.add(answer.toString().strip());
                answer.setLength(0);
            } else if (DONE.matcher(line).matches()) {
                answer.setLength(0);
            } else {
                answer.append(line.strip()).append(' ');
            }
        }
        return complaints;
    }
}
