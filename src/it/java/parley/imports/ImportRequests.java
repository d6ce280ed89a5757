package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.kit.Http;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** An administrator who imports. */
final class ImportRequests {

    private static final String PATH = "/api/administration/imports";

    private final Http administrator = Http.withToken(Tokens.of("importer", "Importer", "parley-admin"));

    Http http() {
        return administrator;
    }

    /** Starts an import with these further fields, and returns its id. */
    String starts(String source, String format, String file, String people, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("source", source, "format", format, "file", file, "people", people));
        body.putAll(more);
        return administrator.post(PATH, body).json(202).get("id").stringValue();
    }

    JsonNode reads(String id) {
        return administrator.get(PATH + "/" + id).json(200);
    }

    /** Waits until an import has ended, and returns it. */
    JsonNode awaits(String id, Duration atMost) {
        await().atMost(atMost).pollInterval(Duration.ofMillis(200)).until(() ->
                List.of("done", "failed", "cancelled").contains(reads(id).get("state").stringValue()));
        return reads(id);
    }

    /** Runs an import to its end. */
    JsonNode runs(String source, String format, String file, String people, Map<String, Object> more) {
        JsonNode ended = awaits(starts(source, format, file, people, more), Duration.ofSeconds(60));
        assertThat(ended.get("state").stringValue()).as("%s", ended).isEqualTo("done");
        return ended;
    }

    /** Waits until an import has added a message. */
    void awaitsFirst(String id) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).until(() -> reads(id).get("added").longValue() > 0);
    }

    int cancels(String id) {
        return administrator.delete(PATH + "/" + id).status();
    }

    /** How often something was reported. */
    static long count(JsonNode ended, String why) {
        return ended.get("problems").valueStream().filter(one -> one.get("why").stringValue().equals(why))
                .mapToLong(one -> one.get("count").longValue()).sum();
    }
}
