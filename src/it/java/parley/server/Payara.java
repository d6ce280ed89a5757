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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A running Payara Server: a child process on this JVM's Java that ends with this JVM. */
final class Payara implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    // It takes three seconds, on a busy machine ten.
    private static final Duration LOGS_WITHIN = Duration.ofSeconds(40);
    // Payara's log handler says so, before the server loads anything else.
    private static final String LOGS = "NCLS-LOGGING-00009";
    private static final int LOG_LINES = 25;
    /** Additional JVM options, separated by spaces: tests need a fast start, benchmarks a fast server. */
    private static final List<String> OPTIONS = Stream.of(System.getProperty("parley.server.options", "").split(" "))
            .filter(option -> !option.isBlank()).toList();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private final Asadmin asadmin;
    private final Path folder;
    private final Ports ports;
    private final ProcessBuilder command;
    private volatile Process process;
    private long logBefore;
    private boolean isSilent = true;

    private Payara(Asadmin asadmin, Path folder, Ports ports, ProcessBuilder command) {
        this.asadmin = asadmin;
        this.folder = folder;
        this.ports = ports;
        this.command = command;
        launch();
    }

    /** Starts the server of a domain and waits until it responds, at most two minutes. */
    static Payara start(Domain domain, Ports ports) {
        return start(domain, ports, List.of());
    }

    /** The same with a command prefix such as {@code taskset -c 0}. */
    static Payara start(Domain domain, Ports ports, List<String> launcher) {
        return start(domain, ports, launcher, Map.of());
    }

    /** The same with application settings by key. */
    static Payara start(Domain domain, Ports ports, List<String> launcher, Map<String, String> settings) {
        return start(domain, ports, launcher, domain.preBoot(ports), settings);
    }

    /** The same with this file of pre-boot commands instead of the domain's. */
    static Payara start(Domain domain, Ports ports, Path preBoot, Map<String, String> settings) {
        return start(domain, ports, List.of(), preBoot, settings);
    }

    private static Payara start(Domain domain, Ports ports, List<String> launcher, Path preBoot, Map<String, String> settings) {
        Asadmin asadmin = domain.asadmin();
        List<String> command = asadmin.commandLine(domain.folder(), preBoot);
        Map<String, String> environment = new HashMap<>(domain.database().environment());
        environment.putAll(environment(settings));
        Payara server = start(asadmin, domain.folder(), ports, launcher, command, environment);
        // Health endpoints exist only after the first deployment; this one exists as soon as the server runs.
        server.await(ports.admin(), "/__asadmin/version", "did not start");
        return server;
    }

    /** Application settings as the environment variables that MicroProfile Config reads. */
    static Map<String, String> environment(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        settings.forEach((key, value) -> environment.put(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value));
        return environment;
    }

    /**
     * Starts a server without waiting for it.
     *
     * @param folder  the folder of the domain or instance, with its logs
     * @param command asadmin's command line; its main class is replaced by {@link ServerMain}
     */
    static Payara start(Asadmin asadmin, Path folder, Ports ports, List<String> launcher, List<String> command, Map<String,
            String> environment) {
        try {
            Path console = Files.createDirectories(folder.resolve("logs")).resolve("console.log");
            List<String> full = Stream.concat(launcher.stream(), withServerMain(command, folder).stream()).toList();
            var builder = new ProcessBuilder(full).redirectErrorStream(true).redirectOutput(console.toFile());
            builder.environment().putAll(environment);
            // The domain administration server runs asadmin, which would otherwise use the first java on the PATH.
            builder.environment().put("AS_JAVA", System.getProperty("java.home"));
            var server = new Payara(asadmin, folder, ports, builder);
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

    /** The server log since the last start. */
    Path log() {
        return folder.resolve("logs/server.log");
    }

    /** Waits until all health checks are UP; after two minutes a {@link CannotRun} with the server's response. */
    void awaitReady() {
        await(ports.http(), "/health/ready", "is not ready");
    }

    /** The base URL: {@code http://localhost:<port>/parley}. */
    URI base() {
        return URI.create("http://localhost:" + ports.http() + "/parley");
    }

    /** The server process. */
    ProcessHandle process() {
        return process.toHandle();
    }

    /** Waits until the server process exits. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Stops the server gracefully, and kills it after 20 s. Idempotent. */
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

    /** Kills the server process, as a crash would. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void launch() {
        try {
            logBefore = Files.exists(log()) ? Files.size(log()) : 0;
            process = command.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> withServerMain(List<String> command, Path folder) throws IOException {
        var wrapped = new ArrayList<>(command);
        int classPath = wrapped.indexOf("-cp") + 1;
        wrapped.set(classPath, wrapped.get(classPath) + File.pathSeparator + serverMainClassPath(folder));
        wrapped.set(wrapped.indexOf("com.sun.enterprise.glassfish.bootstrap.ASMain"), ServerMain.class.getName());
        // After the domain's own options, so that these win.
        wrapped.addAll(wrapped.indexOf(ServerMain.class.getName()), OPTIONS);
        return wrapped;
    }

    /** A class path with only {@link ServerMain}: other test classes on it would hide those of a deployed archive. */
    private static Path serverMainClassPath(Path folder) throws IOException {
        Path root = folder.resolve("server-main");
        Path file = root.resolve(ServerMain.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        try (InputStream bytes = ServerMain.class.getResourceAsStream("ServerMain.class")) {
            Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return root;
    }

    private void await(int port, String path, String failure) {
        var reason = new AtomicReference<>("no answer");
        try {
            launchAgainIfSilent();
            Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(200)).dontCatchUncaughtExceptions()
                    .ignoreExceptionsInstanceOf(IOException.class).until(() -> !process.isAlive() || isOk(port, path, reason));
            if (process.isAlive()) {
                return;
            }
            reason.set("its process ended with " + process.exitValue());
        } catch (ConditionTimeoutException late) {
            // The last response is the reason.
        }
        String lastLines = lastLines();
        close();
        throw new CannotRun("The server " + failure + " (" + reason + "). The end of its log, " + log() + ":\n" + lastLines);
    }

    /**
     * Payara can hang in its logging while it starts: it has written its command line and nothing more, doesn't listen, and doesn't end.
     * That was seen once in thousands of starts, before the server loaded an application. Why is not known; the threads will tell.
     */
    private void launchAgainIfSilent() {
        if (!isSilent) {
            return;
        }
        try {
            Awaitility.await().atMost(LOGS_WITHIN).pollInterval(Duration.ofMillis(200)).until(() -> !process.isAlive() || logs());
        } catch (ConditionTimeoutException silent) {
            System.err.println("WARNING: Payara's logging stopped while the server started; starting it again. Its threads:\n"
                    + Jcmd.threads(process.toHandle()));
            kill();
            launch();
        }
        isSilent = false;
    }

    private boolean logs() throws IOException {
        if (!Files.exists(log())) {
            return false;
        }
        try (InputStream news = Files.newInputStream(log())) {
            // A shorter file is a new one.
            news.skipNBytes(Files.size(log()) < logBefore ? 0 : logBefore);
            return new String(news.readAllBytes(), StandardCharsets.UTF_8).contains(LOGS);
        }
    }

    private boolean isOk(int port, String path, AtomicReference<String> reason) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(get(port, path), BodyHandlers.ofString());
        reason.set(response.statusCode() + " " + response.body().lines().findFirst().orElse(""));
        return response.statusCode() == 200;
    }

    private static HttpRequest get(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofSeconds(5)).build();
    }

    private String lastLines() {
        try {
            Path log = Files.exists(log()) ? log() : folder.resolve("logs/console.log");
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }
}
