package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.Bystander;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Server;

/** Headers and contents of every page and every error, as clients see them. */
@ExtendWith(Bystander.class)
class PagesIT {

    private final Http nobody = Http.anonymous();

    @ParameterizedTest
    @ValueSource(strings = {"/WEB-INF/web.xml", "/META-INF/MANIFEST.MF", "/nothing", "/dev/nothing", "/api/rooms/%2e%2e/%2e%2e/x",
            "/WEB-INF/classes/parley/room/Room.class", "/./WEB-INF/web.xml", "/..;/manager", "/chat/types.d.ts"})
    void internalFilesDoNotExist(String path) {
        HttpAnswer answer = nobody.get(path);
        assertThat(answer.status()).isIn(400, 401, 404);
        assertThat(answer.body()).doesNotContain("<web-app").doesNotContain("\tat ").doesNotContainIgnoringCase("payara");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/parley/%u002e%u002e/WEB-INF/web.xml", "/parley/.//WEB-INF/web.xml", "/parley/..;/parley/WEB-INF/web.xml",
            "/parley/%2e/WEB-INF/web.xml", "/parley//WEB-INF/web.xml", "/parley/WEB-INF%2fweb.xml"})
    void noSpellingOfAPathReachesThem(String path) throws IOException {
        String answer = asIs("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("<web-app");
    }

    static List<String> pages() throws IOException {
        Path root = Path.of(System.getProperty("basedir", ""), "target/parley");
        try (Stream<Path> files = Files.walk(root)) {
            return Stream.concat(Stream.of("/"), files.filter(Files::isRegularFile)
                    .map(file -> "/" + root.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !path.startsWith("/WEB-INF/") && !path.startsWith("/META-INF/"))
                    // Forms of the files beside them, sent to those who accept them.
                    .filter(path -> !path.matches(".*/built/.*\\.(gz|br)"))).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageHasTheSecurityHeaders(String path) {
        HttpAnswer page = nobody.get(path);
        assertThat(page.status()).isEqualTo(200);
        assertSecurityHeaders(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/chat/", "/dev/token", "/ws", "/error", "/api/rooms", "/api/nothing", "/WEB-INF/web.xml",
            "/index.html/more"})
    void everyErrorHasTheSecurityHeadersAndSaysNothingAboutTheServer(String path) {
        HttpAnswer error = nobody.get(path);
        assertThat(error.status()).isBetween(400, 499);
        assertSecurityHeaders(error);
        assertThat(error.body()).doesNotContain("\tat ", "Exception").doesNotContainIgnoringCase("payara")
                .doesNotContainIgnoringCase("glassfish");
    }

    private static void assertSecurityHeaders(HttpAnswer answer) {
        assertThat(answer.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'none'").contains("script-src 'self'").contains("frame-ancestors 'self'")
                .doesNotContain("unsafe"));
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.header("Permissions-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("camera=(self)", "display-capture=(self)", "microphone=(self)", "geolocation=()"));
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("X-Frame-Options")).as("could contradict frame-ancestors").isEmpty();
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/protocol/,text/html", "/protocol/asyncapi.json,application/json", "/protocol/openapi.json,application/json",
            "/protocol/page.js,text/javascript", "/protocol/page.css,text/css"})
    void theContractIsServedWithItsTypeAndIsRevalidated(String path, String type) {
        HttpAnswer page = nobody.get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).hasValueSatisfying(found -> assertThat(found).startsWith(type));
        assertThat(page.header("Cache-Control")).contains("no-cache");
        String version = page.header("ETag").orElseThrow();
        assertThat(nobody.send(HttpRequest.newBuilder(Server.at(path)).header("If-None-Match", version).GET()).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/protocol/index.html"})
    void noPageHasAnInlineScriptOrStyle(String path) {
        assertThat(nobody.get(path).body()).doesNotContainPattern("(?i)<script(?![^>]*\\bsrc=)")
                .doesNotContainPattern("(?i)<style|\\sstyle\\s*=|\\son[a-z]+\\s*=");
    }

    @Test
    void metricsCountWhatHappens() {
        try (ChatClient alice = ChatClient.of("alice")) {
            alice.joins(Http.of("alice").createsRoom());
            alice.posts("hi");
            alice.asks("subscribe", Map.of("room", "nowhere")).error();
            assertThat(nobody.get("/metrics").body()).contains("parley_connections{", "parley_events_total{", "parley_deliveries_total{",
                    "parley_journal_batch_size_bucket{", "parley_journal_commit_seconds_bucket{")
                    .containsPattern("parley_commands_total\\{.*outcome=\"ok\",type=\"message.post\"")
                    .containsPattern("parley_commands_total\\{.*outcome=\"not_found\",type=\"subscribe\"");
        }
    }

    // HTTP clients would normalise such paths before they send them.
    private static String asIs(String request) throws IOException {
        try (Socket socket = new Socket("localhost", Server.base().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void healthSaysReadyAndLive() {
        for (String check : new String[] {"/health/ready", "/health/live"}) {
            HttpAnswer answer = nobody.send(HttpRequest.newBuilder(Server.base().resolve(check)).GET());
            assertThat(answer.json(200).get("status").stringValue()).isEqualTo("UP");
        }
    }
}
