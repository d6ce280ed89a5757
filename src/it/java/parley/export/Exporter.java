package parley.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** An administrator who exports, and a program that reads exports by their documentation. */
final class Exporter implements AutoCloseable {

    private static final String PATH = "/api/administration/exports";
    private static final String TOKEN = Tokens.of("exporter", "Exporter", "parley-admin");
    private static final Path CHECKER = Path.of(System.getProperty("basedir", ""), "src/test/python/rebuild_export.py").toAbsolutePath();

    private final Http administrator = Http.withToken(TOKEN);
    private final HttpClient client = HttpClient.newHttpClient();

    Http http() {
        return administrator;
    }

    String starts(Map<String, ?> request) {
        return administrator.post(PATH, request).json(202).get("id").stringValue();
    }

    JsonNode reads(String id) {
        return administrator.get(PATH + "/" + id).json(200);
    }

    int deletes(String id) {
        return administrator.delete(PATH + "/" + id).status();
    }

    JsonNode awaits(String id, Duration atMost) {
        await().atMost(atMost).pollInterval(Duration.ofMillis(100)).until(() ->
                List.of("done", "failed", "cancelled", "deleted").contains(reads(id).get("state").stringValue()));
        return reads(id);
    }

    /** Exports, and returns the export when it is complete. */
    JsonNode exports(Map<String, ?> request) {
        JsonNode ended = awaits(starts(request), Duration.ofSeconds(60));
        assertThat(ended.get("state").stringValue()).as("%s", ended).isEqualTo("done");
        return ended;
    }

    /** The answer to a download, by this token. */
    HttpResponse<byte[]> download(String token, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Server.at(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Writes the archive of a complete export to a file. */
    Path archive(JsonNode export, Path file) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(Server.at(PATH + "/" + export.get("id").stringValue() + "/archive"))
                .header("Authorization", "Bearer " + TOKEN).build();
        HttpResponse<Path> answer = client.send(request, HttpResponse.BodyHandlers.ofFile(file));
        assertThat(answer.statusCode()).isEqualTo(200);
        return file;
    }

    static String token() {
        return TOKEN;
    }

    static String archive(String id) {
        return PATH + "/" + id + "/archive";
    }

    /** What the checker says of an archive; fails with its complaint. */
    static JsonNode rebuilt(Path archive, Path folder, String... options) throws IOException, InterruptedException {
        Path out = folder.resolve("rebuilt.json");
        Path errors = folder.resolve("errors.txt");
        List<String> command = new ArrayList<>(List.of("python3", CHECKER.toString(), archive.toString()));
        command.addAll(List.of(options));
        Process checker = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
        assertThat(checker.waitFor(10, TimeUnit.MINUTES)).isTrue();
        if (checker.exitValue() != 0) {
            throw new AssertionError(Files.readString(errors));
        }
        return Json.read(Files.readString(out, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        client.close();
    }
}
