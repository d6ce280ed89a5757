package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import parley.kit.ChatClient;
import parley.kit.Json;
import parley.server.Instance;
import tools.jackson.databind.JsonNode;

/** A user on one of the instances. */
record UserAt(Instance instance, String user) {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** Tokens by user: all instances accept them. */
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    ChatClient connects() {
        return ChatClient.withToken(token(), instance.socket("/ws"));
    }

    JsonNode gets(String path) {
        return Json.read(send("GET", path, BodyPublishers.noBody()).join().body());
    }

    void posts(String path, Map<String, ?> body) {
        assertThat(send("POST", path, json(body)).join().statusCode()).as(path).isLessThan(300);
    }

    /** Sends JSON, and returns the JSON of the answer. */
    JsonNode answers(String method, String path, Map<String, ?> body) {
        return Json.read(send(method, path, json(body)).join().body());
    }

    /** Puts JSON, and completes with the status of the answer. */
    CompletableFuture<Integer> puts(String path, Map<String, ?> body) {
        return send("PUT", path, json(body)).thenApply(HttpResponse::statusCode);
    }

    /** Deletes, and completes with the status of the answer. */
    CompletableFuture<Integer> deletes(String path) {
        return send("DELETE", path, BodyPublishers.noBody()).thenApply(HttpResponse::statusCode);
    }

    private CompletableFuture<HttpResponse<String>> send(String method, String path, BodyPublisher body) {
        return HTTP.sendAsync(request(path).header("Authorization", "Bearer " + token()).method(method, body).build(),
                BodyHandlers.ofString()).orTimeout(30, TimeUnit.SECONDS);
    }

    /** A token of the user, which all instances accept. */
    String token() {
        return TOKENS.computeIfAbsent(user, id -> {
            String minted = HTTP.sendAsync(request("/dev/token")
                    .POST(json(Map.of("user", id, "groups", List.of("parley-admin")))).build(), BodyHandlers.ofString())
                    .orTimeout(30, TimeUnit.SECONDS).join().body();
            return Json.read(minted).get("token").stringValue();
        });
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(instance.base() + path)).header("Content-Type", "application/json");
    }

    private static BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofString(Json.text(body));
    }
}
