package parley.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/** Closed mode after a restore of the database. */
@Order(Server.OTHER_SETTINGS_LAST)
class ClosedModeIT {

    private final String administrator = Tokens.of("carol", "Carol", "parley-admin");

    @Test
    void servesOnlyAdministratorsUntilOneRenewsTheEpoch() {
        String room = Http.of("alice").createsRoom();
        JsonNode before;
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.posts("before the restore");
            before = alice.subscribes(room);
        }
        TestServer.stop();
        TestServer.start(Map.of("parley.closed", "true"));

        HttpAnswer refused = Handshake.of("alice").refused();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isPresent();
        assertThat(Http.of("alice").get("/api/rooms").status()).isEqualTo(503);
        Handshake.withToken(administrator).accepted();
        assertThat(Http.withToken(administrator).get("/api/rooms").status()).isEqualTo(200);

        assertThat(Http.withToken(administrator).post("/api/administration/epoch", Map.of()).json(200).get("done").longValue())
                .isPositive();
        await("closed mode ends").atMost(Duration.ofSeconds(20)).until(() -> Http.of("alice").get("/api/rooms").status() == 200);

        try (ChatClient alice = ChatClient.of("alice")) {
            JsonNode back = alice.asks("subscribe", Map.of("room", room,
                    "since", Map.of("epoch", before.get("epoch"), "offset", before.get("offset")))).ok();
            assertThat(back.get("recovered").booleanValue()).isFalse();
            assertThat(back.get("epoch")).isNotEqualTo(before.get("epoch"));
        }
    }
}
