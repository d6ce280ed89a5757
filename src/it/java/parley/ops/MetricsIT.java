package parley.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.Server;
import parley.server.Prometheus;
import tools.jackson.databind.JsonNode;

/** The metrics as Prometheus reads them, and the rules and dashboard in {@code server-config/monitoring}. */
class MetricsIT {

    private static final Path MONITORING = Path.of(System.getProperty("basedir", ""), "server-config/monitoring").toAbsolutePath();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern METRIC = Pattern.compile("\\b(?:parley|jvm|process|probe)_[a-z_]+");
    // Metrics of clustered instances, and of the exporter that probes certificates. Neither runs here.
    private static final Pattern ELSEWHERE = Pattern.compile("parley_bus_|probe_ssl_");

    private final Http anonymous = Http.anonymous();

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https", "Forwarded: for=127.0.0.1", "Via: 1.1 proxy"})
    void areHiddenFromRequestsThroughAProxy(String header) {
        String[] parts = header.split(": ");
        String missing = anonymous.get("/nothing").body();
        for (String method : List.of("GET", "POST", "PUT")) {
            HttpAnswer refused = anonymous.send(HttpRequest.newBuilder(Server.at("/metrics")).header(parts[0], parts[1])
                    .method(method, BodyPublishers.noBody()));
            assertThat(refused.status()).as(method).isEqualTo(404);
            assertThat(refused.body()).as(method).isEqualTo(missing);
        }
    }

    @Test
    void passPromtool() {
        chat();
        HttpAnswer metrics = anonymous.get("/metrics");
        assertThat(metrics.header("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(metrics.body().lines().filter(line -> !line.startsWith("#"))).allMatch(line -> line.contains("application=\"parley\""));
        assertThat(Prometheus.promtool(metrics.body(), MONITORING, "check", "metrics")).isEmpty();
    }

    @Test
    void rulesPassTheirTests() {
        assertThat(Prometheus.promtool("", MONITORING, "check", "config", "prometheus.yml")).isEmpty();
        assertThat(Prometheus.promtool("", MONITORING, "test", "rules", "parley-rules-test.yml")).isEmpty();
    }

    @Test
    void dashboardAndRulesUseOnlyExistingMetrics() throws IOException {
        chat();
        try (Prometheus prometheus = Prometheus.start()) {
            await().atMost(TIMEOUT).until(() -> !prometheus.query("rate(parley_events_total[10s])").isEmpty());
            for (String expression : dashboardQueries()) {
                assertThat(!prometheus.query(expression).isEmpty() || ELSEWHERE.matcher(expression).find()).as(expression).isTrue();
            }
            String rules = Files.readString(MONITORING.resolve("parley-rules.yml"));
            for (String metric : new TreeSet<>(METRIC.matcher(rules).results().map(MatchResult::group).toList())) {
                assertThat(!prometheus.query("count(" + metric + ")").isEmpty() || ELSEWHERE.matcher(metric).find()).as(metric).isTrue();
            }
        }
    }

    @Test
    void countsRefusedSignInsByReason() {
        long before = Server.metric("parley_sign_ins_refused_total");
        Http.withToken("not.a.token").get("/api/rooms");
        assertThat(Server.metric("parley_sign_ins_refused_total")).isEqualTo(before + 1);
        assertThat(anonymous.get("/metrics").body()).containsPattern(
                "parley_sign_ins_refused_total\\{application=\"parley\",reason=\"invalid\"} [1-9]");
    }

    // A delivered message, a refused command, and HTTP calls.
    private static void chat() {
        String room = Http.of("alice").createsRoom();
        Http.of("alice").get("/api/rooms");
        try (ChatClient alice = ChatClient.of("alice").joins(room); ChatClient bob = ChatClient.of("bob").joins(room)) {
            alice.posts("hi");
            bob.asks("subscribe", Map.of("room", "nowhere")).error();
        }
    }

    // The queries of the dashboard, with its variables replaced as Grafana does.
    private static List<String> dashboardQueries() throws IOException {
        JsonNode dashboard = Json.read(Files.readString(MONITORING.resolve("parley-dashboard.json")));
        List<String> expressions = dashboard.get("panels").valueStream().flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.get("expr").stringValue()
                        .replace("$__rate_interval", "10s").replaceAll("\\$(application|instance)", ".*"))
                .toList();
        assertThat(expressions).hasSizeGreaterThan(40);
        return expressions;
    }
}
