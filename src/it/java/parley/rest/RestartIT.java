package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** A clean stop and a start of the server lose nothing. */
class RestartIT {

    @Test
    void historyPositionsAndRevocationsSurviveARestart() {
        String room = Http.of("alice").createsRoom();
        JsonNode before;
        String epoch;
        try (ChatClient alice = ChatClient.of("alice")) {
            alice.joins(room);
            alice.posts("before the restart", "key-1");
            alice.posts("and another", "key-2");
            before = alice.asks("history", Map.of("room", room)).ok();
            epoch = alice.subscribes(room).get("epoch").stringValue();

            Http.withToken(Tokens.of("carol", "Carol", "parley-admin")).post("/api/administration/revocations",
                    Map.of("jti", "lost-" + room));

            Server.restart();

            assertThat(alice.closeCode()).isIn(1012, 1006, 1001);
        }
        assertThat(Handshake.withToken(Tokens.withIds("bob", "lost-" + room, "")).refused().status()).isEqualTo(401);
        try (ChatClient alice = ChatClient.of("alice")) {
            assertThat(alice.asks("history", Map.of("room", room)).ok()).isEqualTo(before);
            JsonNode resumed = alice.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", 3))).ok();
            assertThat(resumed.get("recovered").booleanValue()).isTrue();
            assertThat(alice.receivesLogged(1).getFirst().get("text").stringValue()).isEqualTo("and another");
            JsonNode again = alice.asks("message.post",
                    Map.of("room", room, "key", "key-1", "text", "before the restart")).ok();
            assertThat(again.get("duplicate").booleanValue()).isTrue();
            assertThat(again.get("offset").longValue()).isEqualTo(3);
        }
    }
}
