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
import parley.server.ChildProcess;

/**
 * Tests the proxy templates of {@code server-config/} in front of two fake instances. The public path differs from the context root of
 * the instances.
 */
class ProxyTemplatesIT {

    private static final String PATH = "/apps/parley";
    private static final String CONTEXT = "/chat";
    private static final int REPEATS = 12;

    private final FakeInstance first = FakeInstance.at(CONTEXT);
    private FakeInstance second = FakeInstance.at(CONTEXT);
    private RunningProxy proxy;
    private ProxyClient client;

    private void startProxy(Balancer balancer) {
        proxy = RunningProxy.start(balancer, PATH, CONTEXT, List.of(first.address(), second.address()));
        client = proxy.client();
    }

    @AfterEach
    void stop() {
        if (proxy != null) {
            proxy.close();
        }
        first.close();
        second.close();
    }

    @ParameterizedTest
    @EnumSource
    void errorResponsesDoNotTakeInstancesOutOfRotation(Balancer balancer) {
        startProxy(balancer);
        for (String path : List.of("/refused", "/broken")) {
            for (int i = 0; i < REPEATS; i++) {
                assertThat(client.get(PATH + path).statusCode()).isEqualTo(503);
                assertThat(client.post(PATH + path, "{}").statusCode()).isEqualTo(503);
                assertThat(client.get(PATH + "/").statusCode()).as("request of another user").isEqualTo(200);
            }
        }
        assertThat(first.requests()).extracting(FakeInstance.Request::path).contains(CONTEXT + "/");
        assertThat(second.requests()).extracting(FakeInstance.Request::path).contains(CONTEXT + "/");
    }

    @ParameterizedTest
    @EnumSource
    void startingInstanceGetsNoRequests(Balancer balancer) {
        int port = second.port();
        second.close();
        startProxy(balancer);
        second = FakeInstance.starting(CONTEXT, port);
        awaitHealthChecks(balancer);
        for (int i = 0; i < REPEATS; i++) {
            assertThat(client.get(PATH + "/").statusCode()).isEqualTo(200);
            assertThat(client.post(PATH + "/api/rooms", "{}").statusCode()).isEqualTo(200);
            assertThat(client.get(PATH + "/ws").statusCode()).isEqualTo(200);
            assertThat(client.get(PATH + "/api/rooms/plaza/files").statusCode()).isEqualTo(200);
            HttpResponse<String> missing = client.get(PATH + "/missing");
            assertThat(missing.statusCode()).isEqualTo(404);
        }
        assertThat(first.requests()).filteredOn(asked -> asked.path().endsWith("/rooms")).as("each was processed once").hasSize(REPEATS);
    }

    @ParameterizedTest
    @EnumSource
    void stoppingInstanceGetsNoNewRequests(Balancer balancer) {
        second.close();
        second = FakeInstance.stopping(CONTEXT);
        startProxy(balancer);
        awaitHealthChecks(balancer);
        for (int i = 0; i < REPEATS; i++) {
            assertThat(client.get(PATH + "/ws").statusCode()).isEqualTo(200);
            assertThat(client.post(PATH + "/api/rooms", "{}").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void notFoundComesFromParleyWhileAnotherInstanceIsDown(Balancer balancer) {
        startProxy(balancer);
        second.close();
        for (int i = 0; i < REPEATS; i++) {
            for (HttpResponse<String> missing : List.of(client.get(PATH + "/missing"), client.post(PATH + "/missing", "{}"))) {
                assertThat(missing.statusCode()).isEqualTo(404);
                assertThat(missing.body()).isEqualTo("not_found");
                assertThat(missing.headers().firstValue(FakeInstance.PARLEY_HEADER)).isPresent();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void requestThatMayHaveBeenProcessedIsNotRetried(Balancer balancer) {
        startProxy(balancer);
        assertThat(client.post(PATH + "/dies", "{}").statusCode()).isEqualTo(502);
        assertThat(Stream.of(first, second).flatMap(instance -> instance.requests().stream())).hasSize(1);
        assertThat(client.get(PATH + "/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void forwardsClientAddressHostAndScheme(Balancer balancer) throws IOException {
        startProxy(balancer);
        for (String path : List.of("/", "/api/rooms", "/ws")) {
            client.sendRaw("GET " + PATH + path + " HTTP/1.1", host(), "Connection: close",
                    "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: http", "Forwarded: for=203.0.113.8;proto=http");
            FakeInstance.Request asked = lastRequest(CONTEXT + path);
            assertThat(asked.header("Host")).isEqualTo("localhost:" + proxy.setup().port());
            assertThat(asked.header("X-forwarded-proto")).isEqualTo("https");
            assertThat(asked.header("X-forwarded-for")).isEqualTo("203.0.113.7, " + ProxyClient.ADDRESS);
            assertThat(asked.header("Forwarded")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyWebSocketUpgradesPass(Balancer balancer) throws IOException {
        startProxy(balancer);
        for (String path : List.of("/", "/ws")) {
            client.sendRaw("GET " + PATH + path + " HTTP/1.1", host(), "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
            assertThat(lastRequest(CONTEXT + path).header("Upgrade")).isEmpty();
        }
        client.sendRaw("GET " + PATH + "/ws HTTP/1.1", host(), "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        FakeInstance.Request handshake = lastRequest(CONTEXT + "/ws");
        assertThat(handshake.header("Upgrade")).isEqualToIgnoringCase("websocket");
        assertThat(handshake.header("Connection")).containsIgnoringCase("upgrade");
    }

    @ParameterizedTest
    @EnumSource
    void onlyParleyIsReachable(Balancer balancer) throws IOException {
        startProxy(balancer);
        List<String> outside = List.of("/health/ready", "/metrics", "/chat/", "/apps/parleys/", "//health", "/apps/parley/metrics",
                "/apps/parley/%6detrics", "/apps/parley/metrics;x", "/apps/parley/metrics/");
        List<String> stepsUp = List.of("/../../health", "/%2e%2e/%2e%2e/health", "/..%2f..%2fhealth", "/..;/..;/health",
                "/.;/..;/..;/health",
                "/\\..\\..\\health", "/x/../../../health", "//..//../health", "/..;x/health", "/%2e%2e;/health");
        for (String path : Stream.concat(outside.stream(), stepsUp.stream().map(PATH::concat)).toList()) {
            assertThat(client.sendRaw("GET " + path + " HTTP/1.1", host(), "Connection: close")).as(path).containsPattern(" 40[04] ");
        }
        assertThat(Stream.of(first, second).flatMap(instance -> instance.requests().stream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void mapsThePublicPathToTheContextRoot(Balancer balancer) {
        startProxy(balancer);
        for (String path : List.of("/", PATH)) {
            HttpResponse<String> elsewhere = client.get(path);
            assertThat(elsewhere.statusCode()).isEqualTo(302);
            assertThat(URI.create(client.origin()).resolve(elsewhere.headers().firstValue("Location").orElseThrow()))
                    .isEqualTo(URI.create(client.origin() + PATH + "/"));
        }
        HttpResponse<String> made = client.post(PATH + "/made", "{}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue(client.origin() + PATH + "/api/rooms/plaza");
        client.get(PATH + "/api/rooms/x:y/a%20b?limit=1");
        assertThat(lastRequest(CONTEXT + "/api/rooms/x:y/a%20b")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void oversizedBodyReachesNoInstance(Balancer balancer) throws IOException {
        startProxy(balancer);
        String answer = client.sendRaw("POST " + PATH + "/api/rooms HTTP/1.1", host(), "Content-Length: 1048577", "",
                "x".repeat(20_000));
        assertThat(answer).contains(" 413 ");
        assertThat(Stream.of(first, second).flatMap(instance -> instance.requests().stream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void filesAndSnapshotsMayBeLarger(Balancer balancer) throws IOException {
        startProxy(balancer);
        String body = "x".repeat(1_048_577);
        for (String path : List.of("POST /files?name=a", "PUT /documents/plan/snapshot?version=1")) {
            String line = path.replace(" ", " " + PATH + "/api/rooms/plaza");
            assertThat(client.sendRaw(line + " HTTP/1.1", host(), "Connection: close", "Content-Length: " + body.length(), "", body))
                    .as(path).contains(" 200");
        }
        String answer = client.sendRaw("PUT " + PATH + "/api/rooms/plaza/documents/plan/text HTTP/1.1", host(),
                "Content-Length: 1048577", "", "x".repeat(20_000));
        assertThat(answer).contains(" 413 ");
        assertThat(Stream.of(first, second).flatMap(instance -> instance.requests().stream())).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void oversizedHeaderReachesNoInstance(Balancer balancer) throws IOException {
        startProxy(balancer);
        for (int i = 0; i < REPEATS; i++) {
            String answer = client.sendRaw("GET " + PATH + "/ HTTP/1.1", host(), "X-Long: " + "a".repeat(20_000));
            assertThat(answer).containsPattern(" (400|431) ");
        }
        assertThat(Stream.of(first, second).flatMap(instance -> instance.requests().stream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void logsContainNoQuery(Balancer balancer) throws IOException {
        startProxy(balancer);
        String ticket = "ticket-" + UUID.randomUUID();
        client.get(PATH + "/ws?ticket=" + ticket);
        first.close();
        second.close();
        assertThat(client.get(PATH + "/ws?ticket=" + ticket).statusCode()).isGreaterThan(499);
        Path folder = proxy.setup().folder();
        await().until(() -> logsContain(folder, PATH + "/ws") || logsContain(folder, CONTEXT + "/ws"));
        assertThat(logsContain(folder, ticket)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void requiresModernTlsAndSendsHsts(Balancer balancer) throws Exception {
        startProxy(balancer);
        assertThat(client.get(PATH + "/").headers().firstValue("Strict-Transport-Security")).hasValue("max-age=63072000");
        assertThat(client.get("/nothing").headers().firstValue("Strict-Transport-Security")).hasValue("max-age=63072000");
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            assertThat(handshake(version, null)).isEqualTo(version);
        }
        for (String weak : List.of("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384")) {
            assertThatThrownBy(() -> handshake("TLSv1.2", weak)).as(weak).isInstanceOf(SSLException.class)
                    .hasMessageNotContaining("No appropriate protocol");
        }
        HttpResponse<String> plain = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                URI.create("http://localhost:" + proxy.setup().plainPort() + PATH + "/?room=plaza")).build(), BodyHandlers.ofString());
        assertThat(plain.statusCode()).isEqualTo(308);
        assertThat(plain.headers().firstValue("Location").orElseThrow()).startsWith("https://localhost").endsWith(PATH + "/?room=plaza");
    }

    @Test
    void nginxRunsWithoutTls(@TempDir Path folder) throws Exception {
        assumeTrue(Balancer.NGINX.isInstalled());
        Balancer.Setup site = Balancer.Setup.of(folder, "/parley", CONTEXT, List.of(first.address(), second.address()), null);
        try (ChildProcess nginx = Balancer.NGINX.start(site)) {
            HttpResponse<String> page = HttpClient.newHttpClient().send(HttpRequest.newBuilder(
                    URI.create("http://localhost:" + site.port() + "/parley/")).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Strict-Transport-Security")).isEmpty();
            assertThat(lastRequest(CONTEXT + "/").header("X-forwarded-proto")).isEqualTo("http");
        }
    }

    private String host() {
        return "Host: localhost:" + proxy.setup().port();
    }

    private String handshake(String version, String cipher) throws IOException {
        try (SSLSocket socket = client.connect()) {
            socket.setEnabledProtocols(new String[] {version});
            if (cipher != null) {
                socket.setEnabledCipherSuites(new String[] {cipher});
            }
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    // httpd and HAProxy treat an instance as ready until two health checks fail, and check it for each of two backends. nginx has no
    // health checks.
    private void awaitHealthChecks(Balancer balancer) {
        if (balancer != Balancer.NGINX) {
            await().atMost(Duration.ofSeconds(15)).until(() -> second.checks() > 5);
        }
    }

    private FakeInstance.Request lastRequest(String path) {
        return Stream.of(first, second).flatMap(instance -> instance.requests().stream()).filter(asked -> asked.path().equals(path))
                .max(Comparator.comparingLong(FakeInstance.Request::moment)).orElseThrow();
    }

    private static boolean logsContain(Path folder, String text) throws IOException {
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
