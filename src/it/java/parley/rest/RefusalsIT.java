package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Every refusal over HTTP has the same headers and the same fields, whichever part of the server refuses. */
class RefusalsIT {

    private static final Http NOBODY = Http.anonymous();
    private static final Http BOB = Http.of("bob");
    private static final Http CAROL = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));

    private record Refusal(int status, String code, Supplier<HttpAnswer> request) {}

    private static Map<String, Refusal> refusals() {
        Map<String, Refusal> all = new LinkedHashMap<>();
        all.put("API: no token", new Refusal(401, "unauthorized", () -> NOBODY.get("/api/rooms")));
        all.put("API: a broken token", new Refusal(401, "unauthorized", () -> Http.withToken("x.y.z").get("/api/rooms")));
        all.put("API: for administrators", new Refusal(403, "forbidden", () -> BOB.get("/api/administration/audit")));
        all.put("API: no such room", new Refusal(404, "not_found", () -> BOB.get("/api/rooms/no-such-room")));
        all.put("API: an id that is none", new Refusal(404, "not_found", () -> BOB.get("/api/rooms/a.b")));
        all.put("API: no such address", new Refusal(404, "not_found", () -> BOB.get("/api/nothing")));
        all.put("API: a slash at the end", new Refusal(404, "not_found", () -> BOB.get("/api/rooms/")));
        all.put("API: another method", new Refusal(405, "bad_request", () -> BOB.delete("/api/tickets")));
        all.put("API: a query parameter", new Refusal(400, "bad_request", () -> BOB.get("/api/rooms?limit=x")));
        all.put("API: a body that is no object", new Refusal(400, "bad_request", () -> BOB.postText("/api/rooms", "[]")));
        all.put("API: a body's field", new Refusal(400, "bad_request", () -> BOB.postText("/api/rooms", "{\"name\":7}")));
        all.put("API: a body of another type", new Refusal(415, "bad_request", () -> BOB.send(HttpRequest
                .newBuilder(Server.at("/api/rooms")).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")))));
        all.put("API: another charset", new Refusal(415, "bad_request", () -> BOB.send(HttpRequest.newBuilder(Server.at("/api/rooms"))
                .header("Content-Type", "application/json; charset=utf-16").POST(BodyPublishers.ofString("{}")))));
        all.put("API: a conflict", new Refusal(409, "conflict", () -> BOB.post("/api/rooms", Map.of("id", "general", "name", "Mine"))));
        all.put("before routing: a path", new Refusal(404, "not_found", () -> BOB.get("/api/rooms/a:b")));
        all.put("before routing: a method", new Refusal(405, "bad_request", () -> BOB.send(HttpRequest.newBuilder(Server.at("/api/rooms"))
                .method("PURGE", BodyPublishers.noBody()))));
        all.put("before routing: a large body", new Refusal(413, "too_large", () -> BOB.postText("/api/rooms", "x".repeat(70_000))));
        all.put("error page: no such page", new Refusal(404, "not_found", () -> NOBODY.get("/nothing")));
        all.put("error page: itself", new Refusal(404, "not_found", () -> NOBODY.get("/error")));
        all.put("error page: another method", new Refusal(405, "bad_request", () -> NOBODY.postText("/sign-in", "{}")));
        all.put("development sign-in: another method", new Refusal(405, "bad_request", () -> NOBODY.get("/dev/token")));
        all.put("development sign-in: a body that is no object", new Refusal(400, "bad_request", () -> NOBODY.postText("/dev/token", "7")));
        all.put("development sign-in: a field", new Refusal(400, "bad_request", () -> NOBODY.postText("/dev/token", "{\"user\":7}")));
        all.put("preflight: another origin", new Refusal(403, "forbidden", () -> NOBODY.send(HttpRequest.newBuilder(Server.at("/api/rooms"))
                .header("Origin", "https://evil.example").header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody()))));
        all.put("handshake: no upgrade", new Refusal(426, "bad_request", () -> BOB.get("/ws")));
        all.put("handshake: no token", new Refusal(401, "unauthorized", () -> Handshake.anonymous().refused()));
        all.put("handshake: another origin", new Refusal(403, "forbidden", () -> Handshake.of("bob").from("https://evil.example")
                .refused()));
        all.put("handshake: another subprotocol", new Refusal(400, "bad_request",
                () -> Handshake.of("bob").with("Sec-WebSocket-Protocol", "chat").refused()));
        return all;
    }

    static Stream<Arguments> everyRefusal() {
        return refusals().entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyRefusal")
    void everyRefusalHasTheSameShape(String name, Refusal refusal) {
        HttpAnswer answer = refusal.request().get();

        assertThat(answer.status()).as("%s", answer).isEqualTo(refusal.status());
        assertThat(answer.headers().get("content-type")).containsExactly("application/problem+json");
        assertThat(answer.headers().get("cache-control")).containsExactly("no-store");
        assertThat(answer.header("Content-Security-Policy")).isPresent();
        assertThat(answer.header("WWW-Authenticate").isPresent()).isEqualTo(refusal.status() == 401);
        assertThat(answer.header("Allow").isPresent()).as("the container knows no methods").isEqualTo(refusal.status() == 405
                && !name.startsWith("error page"));
        assertThat(answer.header("Retry-After")).as("nothing of this helps later").isEmpty();
        JsonNode body = answer.json();
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("title", "status", "code", "detail", "temporary");
        assertThat(body.get("status").intValue()).isEqualTo(refusal.status());
        assertThat(body.get("code").stringValue()).isEqualTo(refusal.code());
        assertThat(body.get("title").stringValue()).isNotBlank();
        assertThat(body.get("detail").stringValue()).isNotBlank();
        assertThat(body.get("temporary").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=-1", "limit=101", "limit=99999999999999999999", "limit=x", "limit="})
    void aPageSizeThatIsNoneIsRefusedByEveryListWithItsBound(String query) {
        String room = Http.of("alice").createsRoom();
        for (String path : List.of("/api/rooms", "/api/rooms/" + room + "/members", "/api/rooms/" + room + "/messages",
                "/api/rooms/" + room + "/bans", "/api/administration/revocations")) {
            HttpAnswer answer = CAROL.get(path + "?" + query);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.json().get("detail").stringValue()).isEqualTo("`limit` must be a whole number from 1 to 100.");
        }
    }

    @Test
    void theAuditHasALargerPage() {
        assertThat(CAROL.get("/api/administration/audit?limit=1000").status()).isEqualTo(200);
        assertThat(CAROL.get("/api/administration/audit?limit=1001").json(400).get("detail").stringValue())
                .isEqualTo("`limit` must be a whole number from 1 to 1000.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "before=0", "before=-1", "after=-1", "before=5&after=5", "thread=0", "thread=-3"})
    void theSocketAndHttpRefuseAPageOfHistoryInTheSameWords(String query) {
        String room = Http.of("alice").createsRoom();
        Map<String, Object> fields = new LinkedHashMap<>(Map.of("room", room));
        Arrays.stream(query.split("&")).map(pair -> pair.split("=")).forEach(pair -> fields.put(pair[0], Long.parseLong(pair[1])));
        List<String> words = new ArrayList<>();
        try (ChatClient alice = ChatClient.of("alice")) {
            JsonNode error = alice.asks("history", fields).error();
            assertThat(error.get("code").stringValue()).isEqualTo("bad_request");
            words.add(error.get("message").stringValue());
        }
        HttpAnswer answer = Http.of("alice").get("/api/rooms/" + room + "/messages?" + query);
        assertThat(answer.problem()).isEqualTo("bad_request");
        words.add(answer.json().get("detail").stringValue());
        assertThat(words.getFirst()).isEqualTo(words.getLast());
    }
}
