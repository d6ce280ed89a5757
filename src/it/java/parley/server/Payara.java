package parley.server;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A running server: a child process of this JVM, on this JVM's java, that ends when this JVM does. */
final class Payara implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int LOG_LINES = 25;
    /** Further options of the JVM, with blanks between: the tests want a server that starts soon, the benchmarks one that is fast. */
    private static final List<String> OPTIONS = Stream.of(System.getProperty("parley.server.options", "").split(" "))
            .filter(option -> !option.isBlank()).toList();

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Asadmin asadmin;
    private final Path folder;
    private final Ports ports;
    private final Process process;

    private Payara(Asadmin asadmin, Path folder, Ports ports, Process process) {
        this.asadmin = asadmin;
        this.folder = folder;
        this.ports = ports;
        this.process = process;
    }

    /** Starts the domain's server and waits until it answers, at most two minutes. */
    static Payara start(Domain domain, Ports ports) {
        return start(domain, ports, List.of());
    }

    /** The same, by a program that runs the command behind its own arguments in its own place, such as {@code taskset -c 0}. */
    static Payara start(Domain domain, Ports ports, List<String> by) {
        return start(domain, ports, by, Map.of());
    }

    /** The same with settings of the application, by their keys. */
    static Payara start(Domain domain, Ports ports, List<String> by, Map<String, String> settings) {
        return start(domain, ports, by, domain.preBoot(ports), settings);
    }

    /** The same with other pre-boot commands than the domain's usual ones. */
    static Payara start(Domain domain, Ports ports, Path preBoot, Map<String, String> settings) {
        return start(domain, ports, List.of(), preBoot, settings);
    }

    private static Payara start(Domain domain, Ports ports, List<String> by, Path preBoot, Map<String, String> settings) {
        Asadmin asadmin = domain.asadmin();
        List<String> command = asadmin.commandLine(domain.folder(), preBoot);
        Map<String, String> environment = new HashMap<>(domain.database().environment());
        environment.putAll(environment(settings));
        Payara server = start(asadmin, domain.folder(), ports, by, command, environment);
        // Health is published with the first application only; asadmin is there as soon as the server is.
        server.await(ports.admin(), "/__asadmin/version", "did not start");
        return server;
    }

    /** Settings of the application as the environment's variables by which MicroProfile Config finds them. */
    static Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        settings.forEach((key, value) -> environment.put(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value));
        return environment;
    }

    /**
     * Starts any server without waiting for it.
     *
     * @param folder  the server's own, which its log is in
     * @param command asadmin's command line for it, which is put on the leash
     */
    static Payara start(Asadmin asadmin, Path folder, Ports ports, List<String> by, List<String> command, Map<String, String> environment) {
        try {
            Path console = Files.createDirectories(folder.resolve("logs")).resolve("console.log");
            List<String> whole = Stream.concat(by.stream(), leashed(command, folder).stream()).toList();
            var builder = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(console.toFile());
            builder.environment().putAll(environment);
            // A domain's server starts asadmin for its instances, which would take the first java on the PATH.
            builder.environment().put("AS_JAVA", System.getProperty("java.home"));
            var server = new Payara(asadmin, folder, ports, builder.start());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deploys the WAR as {@code /parley}. */
    void deploy(Path war) {
        asadmin.deploy(war.toAbsolutePath(), "parley", "server", ports.admin());
    }

    /** The server's log since it was started last. */
    Path log() {
        return folder.resolve("logs/server.log");
    }

    /** Waits until every health check says UP; gives up after two minutes with the reason that the server gave. */
    void awaitReady() {
        await(ports.http(), "/health/ready", "is not ready");
    }

    /** Where the application is: {@code http://localhost:<port>/parley}. */
    URI base() {
        return URI.create("http://localhost:" + ports.http() + "/parley");
    }

    /** The server's process. */
    ProcessHandle process() {
        return process.toHandle();
    }

    /** Waits until the server process ends by itself. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Stops the server cleanly, its database closed; after 20 s not so cleanly. May be called twice. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(20, SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the server's process at once, as a crash or {@code kill -9} would. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> leashed(List<String> command, Path folder) throws IOException {
        var leashed = new ArrayList<>(command);
        int classPath = leashed.indexOf("-cp") + 1;
        leashed.set(classPath, leashed.get(classPath) + File.pathSeparator + leash(folder));
        leashed.set(leashed.indexOf("com.sun.enterprise.glassfish.bootstrap.ASMain"), Leash.class.getName());
        leashed.addAll(leashed.indexOf("-cp"), OPTIONS);
        return leashed;
    }

    /** A class path with nothing but the leash: our other test classes on it would hide those of a deployed archive. */
    private static Path leash(Path folder) throws IOException {
        Path root = folder.resolve("leash");
        Path file = root.resolve(Leash.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        try (InputStream bytes = Leash.class.getResourceAsStream("Leash.class")) {
            Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return root;
    }

    private void await(int port, String path, String failure) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String reason = "no answer";
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                HttpResponse<String> response = http.send(get(port, path), BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                reason = response.statusCode() + " " + response.body().lines().findFirst().orElse("");
                Thread.sleep(200);
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotRun("Interrupted.");
            }
        }
        if (!process.isAlive()) {
            reason = "its process ended with " + process.exitValue();
        }
        String lastLines = lastLines();
        close();
        throw new CannotRun("The server " + failure + " (" + reason + "). The end of its log, " + log() + ":\n" + lastLines);
    }

    private static HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofSeconds(5)).build();
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastLines() {
        try {
            Path log = Files.exists(log()) ? log() : folder.resolve("logs/console.log");
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(not readable: " + e.getMessage() + ")";
        }
    }
}
