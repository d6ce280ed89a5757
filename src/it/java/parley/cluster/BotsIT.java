package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.kit.Expected.posted;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.server.Cluster;
import parley.server.TestCluster;
import tools.jackson.databind.JsonNode;

/** A bot on one instance serves people on the other one. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class BotsIT {

    private static final String BOTS = "/api/administration/bots";
    private static final Duration PROMISE = Duration.ofSeconds(5);

    private final Cluster cluster = TestCluster.shared();
    private final UserAt alice = new UserAt(cluster.instance(0), "alice");
    // Another test revokes the tokens of bob.
    private final UserAt carol = new UserAt(cluster.instance(1), "carol");
    private final String room = UUID.randomUUID().toString();
    private final String bot = "bot-" + UUID.randomUUID();
    private final String command = "c" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void commandsAnswersAndRevocationsReachTheOtherInstance() {
        alice.posts("/api/rooms", Map.of("id", room, "name", "Room " + room));
        alice.posts(BOTS, Map.of("id", bot, "name", "Deploy"));
        JsonNode issued = alice.answers("POST", BOTS + "/" + bot + "/tokens",
                Map.of("name", "test", "scopes", List.of("read", "post", "commands"), "days", 1));
        String token = issued.get("token").stringValue();
        assertThat(alice.puts("/api/rooms/" + room + "/members", Map.of("user", "service:" + bot, "role", "member")).join()).isEqualTo(204);
        try (ChatClient client = ChatClient.withToken(token, cluster.instance(0).socket("/ws")); ChatClient person = carol.connects();
                ChatClient other = alice.connects()) {
            client.asks("watch", Map.of()).ok();
            client.asks("slash.register", Map.of("commands", List.of(Map.of("name", command, "description", "Deploys")))).ok();
            List.of(person, other).forEach(one -> one.asks("watch", Map.of()).ok());
            person.joins(room);
            other.subscribes(room);
            assertThat(person.asks("slash.list", Map.of("room", room)).ok().get("commands").toString()).contains(command);

            // The other instance reads that the bot watches.
            await().atMost(PROMISE).until(() ->
                    person.asks("slash.run", Map.of("room", room, "command", command, "text", "1.4")).json().has("ok"));
            JsonNode ran = client.receives(event("slash.ran"));
            assertThat(ran.at("/by/id").stringValue()).isEqualTo("carol");
            client.asks("slash.answer", Map.of("call", ran.get("call").stringValue(), "text", "Only for Carol")).ok();
            assertThat(person.receives(event("slash.answered")).get("text").stringValue()).isEqualTo("Only for Carol");
            client.asks("message.post", Map.of("room", room, "key", "end", "text", "end")).ok();
            assertThat(other.receivesUpTo(posted("end"))).noneMatch(one -> one.path("type").asString("").startsWith("slash."));

            Instant start = Instant.now();
            assertThat(new UserAt(cluster.instance(1), "alice")
                    .deletes(BOTS + "/" + bot + "/tokens/" + issued.get("id").stringValue()).join()).isEqualTo(204);
            assertThat(client.closeCode()).isEqualTo(4001);
            assertThat(Duration.between(start, Instant.now())).isLessThan(PROMISE);
        }
    }

    private static Expected event(String type) {
        return new Expected(type, event -> event.path("type").asString("").equals(type));
    }
}
