package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Tokens;

/** The readiness check that a proxy calls before it sends clients to an instance. */
class ReadyIT {

    private final Http administrator = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));

    @AfterEach
    void reopen() {
        administrator.delete("/api/administration/drain");
    }

    @Test
    void anInstanceThatShutsDownIsNotReady() {
        administrator.post("/api/administration/drain", Map.of());
        HttpAnswer leaving = Http.anonymous().get("/ready");
        assertThat(leaving.status()).isEqualTo(503);
        assertThat(leaving.header("Retry-After")).hasValue("1");
        administrator.delete("/api/administration/drain");
        assertThat(Http.anonymous().get("/ready").status()).isEqualTo(200);
    }
}
