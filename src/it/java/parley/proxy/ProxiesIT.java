package parley.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;
import parley.kit.ChatClient;
import parley.server.Balancer;
import parley.server.Cluster;
import parley.server.Instance;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same requests through each proxy, over TLS, to two real instances. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProxiesIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LAST = Integer.MAX_VALUE;
    private static final Duration SILENCE = Duration.ofSeconds(70);
    private static final int OFTEN = 10;

    private static final Map<Balancer, Proxied> PROXIES = new EnumMap<>(Balancer.class);
    private static final Map<Balancer, Quiet> QUIET = new EnumMap<>(Balancer.class);
    private static final HttpClient DIRECT = HttpClient.newHttpClient();

    private static Cluster cluster;

    /** Someone who listens to a room in which nobody says anything. */
    private record Quiet(ChatClient client, String room, long since) {}

    @BeforeAll
    static void startAll() throws Exception {
        cluster = TestCluster.shared();
        List<String> instances = cluster.instances().stream().map(Instance::address).toList();
        for (Balancer balancer : Balancer.values()) {
            try {
                PROXIES.put(balancer, Proxied.start(balancer, "/parley", "/parley", instances));
            } catch (TestAbortedException notInstalled) {
                continue;
            }
            String room = room(balancer);
            QUIET.put(balancer, new Quiet(comes(balancer, "carol").joins(room), room, System.nanoTime()));
        }
    }

    @AfterAll
    static void stopAll() {
        QUIET.values().forEach(quiet -> quiet.client().close());
        PROXIES.values().forEach(Proxied::close);
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfAForeignOriginGetsNoSocket(Balancer balancer) throws Exception {
        assertThat(handshake(balancer, "Origin: https://evil.example")).contains(" 403 ");
        assertThat(handshake(balancer, "Origin: http://localhost:" + port(balancer))).as("the scheme is another").contains(" 403 ");
    }

    @ParameterizedTest
    @EnumSource
    void anAddressThatSomebodyMadeUpIsNotBelieved(Balancer balancer) throws Exception {
        String administrator = token("carol", "parley-admin");
        String someone = "{\"user\":\"" + UUID.randomUUID() + "\"}";
        assertThat(visitor(balancer).posts("/parley/api/administration/revocations", someone, "Authorization", "Bearer " + administrator,
                "X-Forwarded-For", "203.0.113.7", "Forwarded", "for=203.0.113.8").statusCode()).isEqualTo(204);
        JsonNode entry = JSON.readTree(visitor(balancer).gets("/parley/api/administration/audit?limit=1&actor=carol", "Authorization",
                "Bearer " + administrator).body()).get("entries").get(0);
        assertThat(entry.get("action").stringValue()).isEqualTo("tokens.revoked");
        assertThat(entry.get("address").stringValue()).isEqualTo(Visitor.ADDRESS);
    }

    @ParameterizedTest
    @EnumSource
    void anOversizedHeadIsRefusedAndNobodyElseNotices(Balancer balancer) throws Exception {
        String[] many = IntStream.range(0, 150).mapToObj(i -> "X-" + i + ": a").toArray(String[]::new);
        String[] long3 = IntStream.range(0, 3).mapToObj(i -> "X-" + i + ": " + "a".repeat(7_000)).toArray(String[]::new);
        for (String[] headers : List.of(new String[] {"X-Long: " + "a".repeat(20_000)}, many, long3)) {
            assertThat(request(balancer, "GET", "/parley/", headers)).containsPattern(" (400|431) ");
            everybodyElseIsServed(balancer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPathThatTheServerCannotTakeIsTheCallersMistakeAndNobodyElseNotices(Balancer balancer) throws Exception {
        for (int i = 0; i < OFTEN; i++) {
            assertThat(request(balancer, "GET", "/parley/x:y")).containsPattern(" 4\\d\\d ");
            everybodyElseIsServed(balancer);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfTheServersInsidesIsReached(Balancer balancer) throws Exception {
        for (String path : List.of("/health/ready", "/metrics", "/openapi", "/parley/../health/ready", "/parley/..;/metrics",
                "/parley/%2e%2e/metrics", "/parley/metrics", "/parley/%6detrics", "/parley/metrics;x", "/parley//metrics")) {
            assertThat(request(balancer, "GET", path)).as(path).containsPattern(" 40[04] ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePageIsThere(Balancer balancer) {
        HttpResponse<String> page = visitor(balancer).gets("/parley/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<parley-chat");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfAListedOriginGetsTheModule(Balancer balancer) {
        HttpResponse<String> module = visitor(balancer).gets("/parley/chat/parley-chat.js", "Origin", TestCluster.LISTED_ORIGIN);
        assertThat(module.statusCode()).isEqualTo(200);
        assertThat(module.headers().firstValue("Access-Control-Allow-Origin")).hasValue(TestCluster.LISTED_ORIGIN);
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfAListedOriginMayAskBeforeItAsks(Balancer balancer) {
        URI rooms = URI.create(visitor(balancer).origin() + "/parley/api/rooms");
        HttpResponse<String> answer = visitor(balancer).sends(HttpRequest.newBuilder(rooms).method("OPTIONS", BodyPublishers.noBody()), "Origin",
                TestCluster.LISTED_ORIGIN, "Access-Control-Request-Method", "POST",
                "Access-Control-Request-Headers", "authorization,content-type");
        assertThat(answer.statusCode()).isBetween(200, 204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(TestCluster.LISTED_ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse("")).containsIgnoringCase("authorization");
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOpensTheRestInterface(Balancer balancer) throws Exception {
        assertThat(visitor(balancer).gets("/parley/api/rooms").statusCode()).isEqualTo(401);
        assertThat(visitor(balancer).gets("/parley/api/rooms", "Authorization", "Bearer " + token("alice")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void theProxysOwnPageGetsASocket(Balancer balancer) throws Exception {
        assertThat(handshake(balancer, "Origin: " + visitor(balancer).origin())).contains(" 101 ");
        assertThat(handshake(balancer, "Origin: " + TestCluster.LISTED_ORIGIN)).contains(" 101 ");
        String room = room(balancer);
        try (ChatClient alice = comes(balancer, "alice").joins(room); ChatClient bob = comes(balancer, "bob").joins(room)) {
            alice.posts("through the proxy and back");
            bob.receives(posted("through the proxy and back"));
        }
    }

    // The last: the others fill most of the time.
    @ParameterizedTest
    @EnumSource
    @Order(LAST)
    void aSocketOutlivesASilence(Balancer balancer) throws Exception {
        visitor(balancer);
        Quiet quiet = QUIET.get(balancer);
        Awaitility.await().atMost(SILENCE.plusSeconds(10)).until(() -> System.nanoTime() - quiet.since() > SILENCE.toNanos());
        try (ChatClient alice = comes(balancer, "alice").joins(quiet.room())) {
            alice.posts("still there?");
            quiet.client().receives(posted("still there?"));
        }
    }

    /** Through the proxy, as often as it takes that both instances are asked. */
    private static void everybodyElseIsServed(Balancer balancer) {
        for (int i = 0; i < 2; i++) {
            assertThat(visitor(balancer).gets("/parley/").statusCode()).as("somebody else's request").isEqualTo(200);
        }
    }

    private static String handshake(Balancer balancer, String origin) throws Exception {
        return request(balancer, "GET", "/parley/ws", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Authorization: Bearer " + token("alice"), origin);
    }

    private static String request(Balancer balancer, String method, String path, String... headers) throws IOException {
        Stream<String> start = Stream.of(method + " " + path + " HTTP/1.1", "Host: localhost:" + port(balancer));
        return visitor(balancer).says(Stream.concat(start, Arrays.stream(headers)).toArray(String[]::new));
    }

    private static ChatClient comes(Balancer balancer, String user) throws Exception {
        URI socket = URI.create("wss://localhost:" + port(balancer) + "/parley/ws");
        return ChatClient.bearing(token(user), socket, visitor(balancer).http(), visitor(balancer).origin());
    }

    private static String room(Balancer balancer) throws Exception {
        String plaza = "{\"name\":\"Plaza " + UUID.randomUUID() + "\"}";
        HttpResponse<String> made = visitor(balancer).posts("/parley/api/rooms", plaza, "Authorization", "Bearer " + token("alice"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body()).get("id").stringValue();
    }

    // From an instance itself: what a proxy does with it is asked elsewhere.
    private static String token(String user, String... groups) throws IOException, InterruptedException {
        String who = JSON.writeValueAsString(Map.of("user", user, "name", user, "groups", List.of(groups)));
        return JSON.readTree(DIRECT.send(HttpRequest.newBuilder(URI.create(cluster.instance(0).base() + "/dev/token"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(who)).build(), BodyHandlers.ofString()).body())
                .get("token").stringValue();
    }

    private static Visitor visitor(Balancer balancer) {
        Proxied proxied = PROXIES.get(balancer);
        if (proxied == null) {
            throw new TestAbortedException(balancer + " is not installed");
        }
        return proxied.visitor();
    }

    private static int port(Balancer balancer) {
        return PROXIES.get(balancer).site().port();
    }
}
