package parley.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;
import static parley.proxy.Proxies.client;
import static parley.proxy.Proxies.connect;
import static parley.proxy.Proxies.createRoom;
import static parley.proxy.Proxies.port;
import static parley.proxy.Proxies.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.kit.ChatClient;
import parley.kit.EventStream;
import parley.server.Balancer;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same requests through each proxy, over TLS, to two real instances. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class ProxiesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int REPEATS = 10;

    @BeforeAll
    static void start() throws Exception {
        Proxies.start();
    }

    @ParameterizedTest
    @EnumSource
    void foreignOriginGetsNoSocket(Balancer balancer) throws Exception {
        assertThat(handshake(balancer, "Origin: https://evil.example")).contains(" 403 ");
        assertThat(handshake(balancer, "Origin: http://localhost:" + port(balancer))).as("same host, other scheme").contains(" 403 ");
    }

    @ParameterizedTest
    @EnumSource
    void spoofedClientAddressIsIgnored(Balancer balancer) throws Exception {
        String administrator = token("carol", "parley-admin");
        String user = "{\"user\":\"" + UUID.randomUUID() + "\"}";
        assertThat(client(balancer).post("/parley/api/administration/revocations", user, "Authorization", "Bearer " + administrator,
                "X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.8").statusCode()).isEqualTo(204);
        JsonNode entry = JSON.readTree(client(balancer).get("/parley/api/administration/audit?limit=1&actor=carol", "Authorization",
                "Bearer " + administrator).body()).get("entries").get(0);
        assertThat(entry.get("action").stringValue()).isEqualTo("tokens.revoked");
        assertThat(entry.get("address").stringValue()).isEqualTo(ProxyClient.ADDRESS);
    }

    @ParameterizedTest
    @EnumSource
    void oversizedHeadIsRefusedWithoutAffectingOthers(Balancer balancer) throws Exception {
        String[] many = IntStream.range(0, 150).mapToObj(i -> "X-" + i + ": a").toArray(String[]::new);
        String[] long3 = IntStream.range(0, 3).mapToObj(i -> "X-" + i + ": " + "a".repeat(7_000)).toArray(String[]::new);
        for (String[] headers : List.of(new String[] {"X-Long: " + "a".repeat(20_000)}, many, long3)) {
            assertThat(request(balancer, "GET", "/parley/", headers)).containsPattern(" (400|431) ");
            othersAreServed(balancer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void invalidPathIsAClientErrorWithoutAffectingOthers(Balancer balancer) throws Exception {
        for (int i = 0; i < REPEATS; i++) {
            assertThat(request(balancer, "GET", "/parley/x:y")).containsPattern(" 4\\d\\d ");
            othersAreServed(balancer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void internalEndpointsAreNotReachable(Balancer balancer) throws Exception {
        for (String path : List.of("/health/ready", "/metrics", "/openapi", "/parley/../health/ready", "/parley/..;/metrics",
                "/parley/%2e%2e/metrics", "/parley/metrics", "/parley/%6detrics", "/parley/metrics;x", "/parley//metrics")) {
            assertThat(request(balancer, "GET", path)).as(path).containsPattern(" 40[04] ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageIsServed(Balancer balancer) {
        HttpResponse<String> page = client(balancer).get("/parley/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<parley-chat");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void allowedOriginGetsTheModule(Balancer balancer) {
        HttpResponse<String> module = client(balancer).get("/parley/chat/parley-chat.js", "Origin", TestCluster.ALLOWED_ORIGIN);
        assertThat(module.statusCode()).isEqualTo(200);
        assertThat(module.headers().firstValue("Access-Control-Allow-Origin")).hasValue(TestCluster.ALLOWED_ORIGIN);
    }

    @ParameterizedTest
    @EnumSource
    void allowedOriginPassesTheCorsPreflight(Balancer balancer) {
        URI rooms = URI.create(client(balancer).origin() + "/parley/api/rooms");
        HttpResponse<String> answer = client(balancer)
                .send(HttpRequest.newBuilder(rooms).method("OPTIONS", BodyPublishers.noBody()), "Origin",
                TestCluster.ALLOWED_ORIGIN, "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "authorization,content-type");
        assertThat(answer.statusCode()).isBetween(200, 204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(TestCluster.ALLOWED_ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse("")).containsIgnoringCase("authorization");
    }

    @ParameterizedTest
    @EnumSource
    void restInterfaceRequiresAToken(Balancer balancer) throws Exception {
        assertThat(client(balancer).get("/parley/api/rooms").statusCode()).isEqualTo(401);
        assertThat(client(balancer).get("/parley/api/rooms", "Authorization", "Bearer " + token("alice")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void pageOfTheProxyGetsASocket(Balancer balancer) throws Exception {
        assertThat(handshake(balancer, "Origin: " + client(balancer).origin())).contains(" 101 ");
        assertThat(handshake(balancer, "Origin: " + TestCluster.ALLOWED_ORIGIN)).contains(" 101 ");
        String room = createRoom(balancer);
        try (ChatClient alice = connect(balancer, "alice").joins(room); ChatClient bob = connect(balancer, "bob").joins(room)) {
            alice.posts("through the proxy and back");
            bob.receives(posted("through the proxy and back"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamPassesEachEventAtOnce(Balancer balancer) throws Exception {
        String room = createRoom(balancer);
        try (ChatClient alice = connect(balancer, "alice").joins(room); EventStream bob = Proxies.stream(balancer, "bob", room)) {
            assertThat(bob.frame().get("type").stringValue()).isEqualTo("hello");
            assertThat(bob.frame().get("re").intValue()).isEqualTo(1);
            for (String text : List.of("one", "two", "three")) {
                alice.posts(text);
                bob.upTo(posted(text));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusedStreamIsAProblemOfTheInstance(Balancer balancer) throws Exception {
        HttpResponse<String> refused = client(balancer).get("/parley/api/rooms/no-such-room/events", "Authorization",
                "Bearer " + token("alice"));
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).contains("\"code\":\"not_found\"");
    }

    @ParameterizedTest
    @EnumSource
    void commandsPassWithoutASocket(Balancer balancer) throws Exception {
        HttpResponse<String> reply = client(balancer).post("/parley/api/commands", "{\"id\":1,\"type\":\"ping\"}", "Authorization",
                "Bearer " + token("alice"));
        assertThat(reply.body()).isEqualTo("{\"re\":1,\"ok\":{}}");
    }

    /** One request to each instance: the proxy alternates between the two. */
    private static void othersAreServed(Balancer balancer) {
        for (int i = 0; i < 2; i++) {
            assertThat(client(balancer).get("/parley/").statusCode()).as("request of another user").isEqualTo(200);
        }
    }

    private static String handshake(Balancer balancer, String origin) throws Exception {
        return request(balancer, "GET", "/parley/ws", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Authorization: Bearer " + token("alice"), origin);
    }

    private static String request(Balancer balancer, String method, String path, String... headers) throws IOException {
        Stream<String> start = Stream.of(method + " " + path + " HTTP/1.1", "Host: localhost:" + port(balancer));
        return client(balancer).sendRaw(Stream.concat(start, Arrays.stream(headers)).toArray(String[]::new));
    }
}
