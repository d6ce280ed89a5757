package parley.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.server.Balancer;
import parley.server.Companion;

/**
 * What the templates of {@code server-config/} promise, before two instances that the test plays. Browsers find Parley at another path
 * than the instances have it at.
 */
class ProxyTemplatesIT {

    private static final String PATH = "/apps/parley";
    private static final String CONTEXT = "/chat";
    private static final int OFTEN = 12;

    private final StandIn first = StandIn.at(CONTEXT);
    private StandIn second = StandIn.at(CONTEXT);
    private Proxied proxied;
    private Visitor visitor;

    private void behind(Balancer balancer) {
        proxied = Proxied.start(balancer, PATH, CONTEXT, List.of(first.address(), second.address()));
        visitor = proxied.visitor();
    }

    @AfterEach
    void stop() {
        if (proxied != null) {
            proxied.close();
        }
        first.close();
        second.close();
    }

    @ParameterizedTest
    @EnumSource
    void statusesThatACallerProvokesTakeNoInstanceOut(Balancer balancer) {
        behind(balancer);
        for (String path : List.of("/refused", "/broken")) {
            for (int i = 0; i < OFTEN; i++) {
                assertThat(visitor.gets(PATH + path).statusCode()).isEqualTo(503);
                assertThat(visitor.posts(PATH + path, "{}").statusCode()).isEqualTo(503);
                assertThat(visitor.gets(PATH + "/").statusCode()).as("somebody else's request").isEqualTo(200);
            }
        }
        assertThat(first.asked()).extracting(StandIn.Asked::path).contains(CONTEXT + "/");
        assertThat(second.asked()).extracting(StandIn.Asked::path).contains(CONTEXT + "/");
    }

    @ParameterizedTest
    @EnumSource
    void anInstanceThatStartsAnswersNobody(Balancer balancer) {
        int port = second.port();
        second.close();
        behind(balancer);
        second = StandIn.starting(CONTEXT, port);
        proxyHasAsked(balancer);
        for (int i = 0; i < OFTEN; i++) {
            assertThat(visitor.gets(PATH + "/").statusCode()).isEqualTo(200);
            assertThat(visitor.posts(PATH + "/api/rooms", "{}").statusCode()).isEqualTo(200);
            assertThat(visitor.gets(PATH + "/ws").statusCode()).isEqualTo(200);
            HttpResponse<String> missing = visitor.gets(PATH + "/missing");
            assertThat(missing.statusCode()).isEqualTo(404);
        }
        assertThat(first.asked()).filteredOn(asked -> asked.path().endsWith("/rooms")).as("each was done once").hasSize(OFTEN);
    }

    @ParameterizedTest
    @EnumSource
    void anInstanceThatIsAboutToStopGetsNobodyNew(Balancer balancer) {
        second.close();
        second = StandIn.leaving(CONTEXT);
        behind(balancer);
        proxyHasAsked(balancer);
        for (int i = 0; i < OFTEN; i++) {
            assertThat(visitor.gets(PATH + "/ws").statusCode()).isEqualTo(200);
            assertThat(visitor.posts(PATH + "/api/rooms", "{}").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatParleyDoesNotHaveIsSaidInItsOwnWordsWhileAnotherInstanceIsAway(Balancer balancer) {
        behind(balancer);
        second.close();
        for (int i = 0; i < OFTEN; i++) {
            for (HttpResponse<String> missing : List.of(visitor.gets(PATH + "/missing"), visitor.posts(PATH + "/missing", "{}"))) {
                assertThat(missing.statusCode()).isEqualTo(404);
                assertThat(missing.body()).isEqualTo("not_found");
                assertThat(missing.headers().firstValue(StandIn.MARK)).isPresent();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatMayHaveBeenDoneIsNotSentTwice(Balancer balancer) {
        behind(balancer);
        assertThat(visitor.posts(PATH + "/dies", "{}").statusCode()).isEqualTo(502);
        assertThat(Stream.of(first, second).flatMap(instance -> instance.asked().stream())).hasSize(1);
        assertThat(visitor.gets(PATH + "/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void instancesHearFromTheProxyWhoAsksAndHow(Balancer balancer) throws IOException {
        behind(balancer);
        for (String path : List.of("/", "/api/rooms", "/ws")) {
            visitor.says("GET " + PATH + path + " HTTP/1.1", host(), "Connection: close",
                    "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: http", "Forwarded: for=203.0.113.8;proto=http");
            StandIn.Asked asked = lastAsked(CONTEXT + path);
            assertThat(asked.header("Host")).isEqualTo("localhost:" + proxied.site().port());
            assertThat(asked.header("X-forwarded-proto")).isEqualTo("https");
            assertThat(asked.header("X-forwarded-for")).isEqualTo("203.0.113.7, " + Visitor.ADDRESS);
            assertThat(asked.header("Forwarded")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWebSocketsGetThroughAsAnotherProtocol(Balancer balancer) throws IOException {
        behind(balancer);
        for (String path : List.of("/", "/ws")) {
            visitor.says("GET " + PATH + path + " HTTP/1.1", host(), "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
            assertThat(lastAsked(CONTEXT + path).header("Upgrade")).isEmpty();
        }
        visitor.says("GET " + PATH + "/ws HTTP/1.1", host(), "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        StandIn.Asked handshake = lastAsked(CONTEXT + "/ws");
        assertThat(handshake.header("Upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(handshake.header("Connection")).containsIgnoringCase("upgrade");
    }

    @ParameterizedTest
    @EnumSource
    void nothingButParleyIsReached(Balancer balancer) throws IOException {
        behind(balancer);
        List<String> outside = List.of("/health/ready", "/metrics", "/chat/", "/apps/parleys/", "//health", "/apps/parley/metrics",
                "/apps/parley/%6detrics", "/apps/parley/metrics;x", "/apps/parley/metrics/");
        List<String> stepsUp = List.of("/../../health", "/%2e%2e/%2e%2e/health", "/..%2f..%2fhealth", "/..;/..;/health", "/.;/..;/..;/health",
                "/\\..\\..\\health", "/x/../../../health", "//..//../health", "/..;x/health", "/%2e%2e;/health");
        for (String path : Stream.concat(outside.stream(), stepsUp.stream().map(PATH::concat)).toList()) {
            assertThat(visitor.says("GET " + path + " HTTP/1.1", host(), "Connection: close")).as(path).containsPattern(" 40[04] ");
        }
        assertThat(Stream.of(first, second).flatMap(instance -> instance.asked().stream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void parleyIsWhereBrowsersFindIt(Balancer balancer) {
        behind(balancer);
        for (String path : List.of("/", PATH)) {
            HttpResponse<String> elsewhere = visitor.gets(path);
            assertThat(elsewhere.statusCode()).isEqualTo(302);
            assertThat(URI.create(visitor.origin()).resolve(elsewhere.headers().firstValue("Location").orElseThrow()))
                    .isEqualTo(URI.create(visitor.origin() + PATH + "/"));
        }
        HttpResponse<String> made = visitor.posts(PATH + "/made", "{}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue(visitor.origin() + PATH + "/api/rooms/plaza");
        visitor.gets(PATH + "/api/rooms/x:y/a%20b?limit=1");
        assertThat(lastAsked(CONTEXT + "/api/rooms/x:y/a%20b")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void aBodyThatIsTooLongReachesNobody(Balancer balancer) throws IOException {
        behind(balancer);
        String answer = visitor.says("POST " + PATH + "/api/rooms HTTP/1.1", host(), "Content-Length: 1048577", "",
                "x".repeat(20_000));
        assertThat(answer).contains(" 413 ");
        assertThat(Stream.of(first, second).flatMap(instance -> instance.asked().stream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatIsTooLongReachesNobody(Balancer balancer) throws IOException {
        behind(balancer);
        for (int i = 0; i < OFTEN; i++) {
            String answer = visitor.says("GET " + PATH + "/ HTTP/1.1", host(), "X-Long: " + "a".repeat(20_000));
            assertThat(answer).containsPattern(" (400|431) ");
        }
        assertThat(Stream.of(first, second).flatMap(instance -> instance.asked().stream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void noLogHoldsAQuery(Balancer balancer) throws IOException {
        behind(balancer);
        String ticket = "ticket-" + UUID.randomUUID();
        visitor.gets(PATH + "/ws?ticket=" + ticket);
        first.close();
        second.close();
        assertThat(visitor.gets(PATH + "/ws?ticket=" + ticket).statusCode()).isGreaterThan(499);
        Path folder = proxied.site().folder();
        await().until(() -> holds(folder, PATH + "/ws") || holds(folder, CONTEXT + "/ws"));
        assertThat(holds(folder, ticket)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void browsersComeByModernTlsAndStayWithIt(Balancer balancer) throws Exception {
        behind(balancer);
        assertThat(visitor.gets(PATH + "/").headers().firstValue("Strict-Transport-Security")).hasValue("max-age=63072000");
        assertThat(visitor.gets("/nothing").headers().firstValue("Strict-Transport-Security")).hasValue("max-age=63072000");
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            assertThat(shakesHands(version, null)).isEqualTo(version);
        }
        for (String weak : List.of("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384")) {
            assertThatThrownBy(() -> shakesHands("TLSv1.2", weak)).as(weak).isInstanceOf(SSLException.class)
                    .hasMessageNotContaining("No appropriate protocol");
        }
        HttpResponse<String> plain = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://localhost:" + proxied.site().plainPort() + PATH + "/?room=plaza")).build(), BodyHandlers.ofString());
        assertThat(plain.statusCode()).isEqualTo(308);
        assertThat(plain.headers().firstValue("Location").orElseThrow()).startsWith("https://localhost").endsWith(PATH + "/?room=plaza");
    }

    @Test
    void nginxServesATrialWithoutTls(@TempDir Path folder) throws Exception {
        assumeTrue(Balancer.NGINX.isInstalled());
        Balancer.Site site = Balancer.Site.of(folder, "/parley", CONTEXT, List.of(first.address(), second.address()), null);
        try (Companion nginx = Balancer.NGINX.start(site)) {
            HttpResponse<String> page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                    URI.create("http://localhost:" + site.port() + "/parley/")).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Strict-Transport-Security")).isEmpty();
            assertThat(lastAsked(CONTEXT + "/").header("X-forwarded-proto")).isEqualTo("http");
        }
    }

    private String host() {
        return "Host: localhost:" + proxied.site().port();
    }

    private String shakesHands(String version, String cipher) throws IOException {
        try (SSLSocket socket = visitor.connects()) {
            socket.setEnabledProtocols(new String[] {version});
            if (cipher != null) {
                socket.setEnabledCipherSuites(new String[] {cipher});
            }
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    // A new proxy takes an instance as ready until it was told otherwise twice. httpd and HAProxy have two lists of instances, and ask
    // for each; nginx never asks.
    private void proxyHasAsked(Balancer balancer) {
        if (balancer != Balancer.NGINX) {
            await().atMost(Duration.ofSeconds(15)).until(() -> second.checks() > 5);
        }
    }

    private StandIn.Asked lastAsked(String path) {
        return Stream.of(first, second).flatMap(instance -> instance.asked().stream()).filter(asked -> asked.path().equals(path))
                .max(Comparator.comparingLong(StandIn.Asked::moment)).orElseThrow();
    }

    private static boolean holds(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> file.toString().endsWith("log")).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
