package parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.contract.HttpContract;
import parley.protocol.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemResponseTest {

    private static final Map<String, String> ALWAYS = Map.of("Content-Type", "application/problem+json", "Cache-Control", "no-store");

    @Test
    void aRefusalHasTheHeadersAndFieldsOfAllRefusals() {
        ProblemResponse refusal = ProblemResponse.of(Problem.forbidden("Guests can't post."));
        assertThat(refusal.headers()).isEqualTo(ALWAYS);
        JsonNode body = body(refusal);
        assertThat(body.propertyNames()).containsExactlyInAnyOrder("title", "status", "code", "detail", "temporary");
        assertThat(body.get("title").stringValue()).isEqualTo("Forbidden");
        assertThat(body.get("status").intValue()).isEqualTo(403);
        assertThat(body.get("code").stringValue()).isEqualTo("forbidden");
        assertThat(body.get("detail").stringValue()).isEqualTo("Guests can't post.");
        assertThat(body.get("temporary").booleanValue()).isFalse();
    }

    @Test
    void aTemporaryRefusalSaysWhenToRetryInWholeSecondsAndInMilliseconds() {
        ProblemResponse refusal = ProblemResponse.of(Problem.rateLimited("Too many calls come from you.", 1_001));
        assertThat(refusal.headers()).containsEntry("Retry-After", "2").containsAllEntriesOf(ALWAYS);
        assertThat(body(refusal).get("temporary").booleanValue()).isTrue();
        assertThat(body(refusal).get("retryAfter").longValue()).isEqualTo(1_001);
    }

    @Test
    void aStatusMaySayMoreThanTheCode() {
        ProblemResponse refusal = ProblemResponse.of(426, Problem.badRequest("This is a WebSocket endpoint."));
        assertThat(body(refusal).get("status").intValue()).isEqualTo(426);
        assertThat(body(refusal).get("code").stringValue()).isEqualTo("bad_request");
    }

    @Test
    void aFurtherHeaderLeavesTheOthers() {
        assertThat(ProblemResponse.of(405).with("Allow", "GET").headers()).containsEntry("Allow", "GET").containsAllEntriesOf(ALWAYS);
    }

    @ParameterizedTest
    @CsvSource({"400,bad_request,false", "401,unauthorized,false", "404,not_found,false", "405,bad_request,false", "413,too_large,false",
        "418,bad_request,false", "500,internal,true", "501,internal,false", "503,unavailable,true"})
    void aStatusOfTheContainerBecomesAWholeProblem(int status, String code, boolean temporary) {
        ProblemResponse refusal = ProblemResponse.of(status);
        JsonNode body = body(refusal);
        assertThat(body.get("status").intValue()).isEqualTo(status);
        assertThat(body.get("code").stringValue()).isEqualTo(code);
        assertThat(body.get("title").stringValue()).isNotBlank();
        assertThat(body.get("detail").stringValue()).isNotBlank();
        assertThat(body.get("temporary").booleanValue()).isEqualTo(temporary);
        assertThat(refusal.headers().containsKey("Retry-After")).isEqualTo(temporary);
        assertThat(refusal.headers().containsKey("WWW-Authenticate")).isEqualTo(status == 401);
    }

    private static JsonNode body(ProblemResponse refusal) {
        String body = new String(refusal.body(), StandardCharsets.UTF_8);
        assertThat(HttpContract.current().wrong(new HttpContract.Request("GET", "/api/me", Optional.empty()),
                new HttpContract.Answer(refusal.status(), refusal.headers().get("Content-Type"), body))).isEmpty();
        return new JsonMapper().readTree(body);
    }
}
