package parley.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Prometheus of this machine, on loopback, which reads the test server's metrics every second. It ends with this JVM. */
public final class Prometheus implements AutoCloseable {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/prometheus").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final int port;
    private final Companion program;

    private Prometheus(int port, Companion program) {
        this.port = port;
        this.program = program;
    }

    /** Starts one without data. Without the program the test is skipped, and says so loudly. */
    public static Prometheus start() throws IOException {
        Path program = onPath("prometheus").orElseThrow(() -> missing("prometheus"));
        Folders.delete(FOLDER.resolve("data"));
        Path config = Files.createDirectories(FOLDER).resolve("prometheus.yml");
        Files.writeString(config, """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: parley
                    metrics_path: /parley/metrics
                    static_configs: [{targets: ['localhost:%d']}]
                """.formatted(TestServer.base().getPort()));
        int port = Ports.anyFree();
        var started = new Prometheus(port, Companion.start(List.of(program.toString(), "--config.file=" + config,
                "--storage.tsdb.path=" + FOLDER.resolve("data"), "--web.listen-address=127.0.0.1:" + port), Map.of(),
                FOLDER.resolve("console.log").toFile()));
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> !started.asks("up{job=\"parley\"} == 1").isEmpty());
        return started;
    }

    /** What this expression gives now: samples, each with its labels. An expression that Prometheus can't read is an {@link AssertionError}. */
    public JsonNode asks(String expression) {
        URI query = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        JsonNode answer = json.readTree(http.sendAsync(HttpRequest.newBuilder(query).build(), BodyHandlers.ofString()).join().body());
        if (!answer.path("status").asString("").equals("success")) {
            throw new AssertionError(expression + ": " + answer);
        }
        return answer.get("data").get("result");
    }

    /** What promtool says against this input with these arguments, in this folder; nothing when all is well. */
    public static String complaints(String input, Path folder, String... arguments) {
        Path promtool = onPath("promtool").orElseThrow(() -> missing("promtool"));
        try {
            Path said = Files.createDirectories(FOLDER).resolve("promtool.log");
            Process check = new ProcessBuilder(Stream.concat(Stream.of(promtool.toString()), Arrays.stream(arguments)).toList())
                    .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile()).start();
            try (var stdin = check.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            boolean ended = check.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            check.destroyForcibly();
            return ended && check.exitValue() == 0 ? "" : "promtool: " + Files.readString(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name)).filter(Files::isExecutable)
                .findFirst();
    }

    private static TestAbortedException missing(String name) {
        System.err.printf("%n*****  %s is not installed: ITS TESTS ARE SKIPPED.  *****%n%n", name);
        return new TestAbortedException(name + " is not installed");
    }

    @Override
    public void close() {
        program.close();
    }
}
