package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Chatter;
import parley.kit.Forgery;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** How long a connection lives: as long as its token, or the one that it was refreshed with. */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it has nothing to do with the database")
class ExpiryIT {

    private static final Duration LATEST = Duration.ofSeconds(2);

    private final String room = Http.of("alice").makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    @Test
    void refusesATokenThatTheHandshakeWouldRefuse() {
        try (ChatClient bob = ChatClient.of("bob")) {
            for (Forgery forgery : Forgery.values()) {
                assertThat(refresh(bob, forgery.token())).as("%s", forgery).isEqualTo("unauthorized");
            }
            assertThat(bob.asks("ping", Map.of()).ok()).isEmpty();
        }
    }

    @Test
    void refusesAnotherUsersToken() {
        try (ChatClient bob = ChatClient.of("bob")) {
            assertThat(refresh(bob, Tokens.of("carol"))).isEqualTo("forbidden");
            bob.joins(room).posts("still me");
            assertThat(alice.receives(posted("still me")).at("/by/id").stringValue()).isEqualTo("bob");
        }
    }

    @Test
    void refusesMoreGroupsAndTakesFewer() {
        try (ChatClient bob = ChatClient.bearing(Tokens.of("bob", "Bob", "staff", "sales"))) {
            JsonNode error = bob.asks("auth.refresh", Map.of("token", Tokens.of("bob", "Bob", "staff", "parley-admin"))).error();
            assertThat(error.get("code").stringValue()).isEqualTo("forbidden");
            assertThat(error.get("message").stringValue()).contains("connect anew");

            bob.asks("auth.refresh", Map.of("token", Tokens.of("bob", "Bob", "sales"))).ok();

            assertThat(refresh(bob, Tokens.of("bob", "Bob", "staff", "sales"))).as("what was given up is gone").isEqualTo("forbidden");
        }
    }

    @Test
    void isClosedWhenItsTokenExpires() {
        Instant expires = Instant.now().plusSeconds(4);
        try (ChatClient bob = ChatClient.bearing(Tokens.expiring("bob", expires)).joins(room)) {
            int code = bob.isClosed();

            long late = Duration.between(Instant.parse(bob.hello().get("expires").stringValue()), Instant.now()).toMillis();
            assertThat(code).isEqualTo(4001);
            assertThat(bob.reasonOfClose()).isEqualTo("the token expired");
            assertThat(late).isBetween(0L, LATEST.toMillis());
            System.out.println("A connection was closed " + late + " ms after its token expired");
        }
    }

    @Test
    void nothingIsDoneOrSaidAfterTheEnd() {
        try (ChatClient bob = ChatClient.bearing(Tokens.expiring("bob", Instant.now().plusSeconds(4))).joins(room)) {
            Instant end = Instant.parse(bob.hello().get("expires").stringValue());
            long stored = 0;
            try (Chatter chatter = new Chatter(alice, room)) {
                while (bob.asks("message.post", Map.of("room", room, "key", "bob-" + stored, "text", "still here")).json().has("ok")) {
                    stored++;
                }
            } catch (AssertionError ended) {
                assertThat(bob.isClosed()).isEqualTo(4001);
            }
            assertThat(stored).isPositive();
            assertThat(bob.heard()).filteredOn(event -> event.has("at")).isNotEmpty().noneMatch(event -> at(event).isAfter(end));
            // What was taken right before the end waits for the batch before it, and is dated when its own begins.
            Instant last = at(Http.of("alice").get("/api/rooms/" + room + "/messages?limit=100").json(200).get("messages").valueStream()
                    .filter(ExpiryIT::isFromBob).reduce((one, next) -> next).orElseThrow());
            assertThat(last).isBefore(end.plus(LATEST));
        }
    }

    @Test
    void goesOnWithARefreshedTokenAndMissesNothing() {
        Instant first = Instant.now().plusSeconds(4);
        try (ChatClient bob = ChatClient.bearing(Tokens.expiring("bob", first)).joins(room)) {
            String token = Tokens.expiring("bob", first.plusSeconds(600));
            long begun = System.nanoTime();
            JsonNode ok = bob.asks("auth.refresh", Map.of("token", token)).ok();
            System.out.println("A connection was refreshed in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
            assertThat(Instant.parse(ok.get("expires").stringValue())).isAfter(first.plusSeconds(590));
            for (int n = 0; Instant.now().isBefore(first.plusMillis(800)); n++) {
                alice.posts("n " + n);
                bob.receives(posted("n " + n));
            }
            assertThat(bob.asks("ping", Map.of()).ok()).isEmpty();
        }
    }

    @Test
    void aTokenNeverGetsIntoTheLog() {
        String good = Tokens.of("bob", "Bob");
        String bad = Forgery.FOREIGN_KEY_UNDER_NO_ID.token();
        try (ChatClient bob = ChatClient.of("bob")) {
            refresh(bob, bad);
            bob.asks("auth.refresh", Map.of("token", good));
        }
        assertThat(Server.log()).doesNotContain(good.substring(good.lastIndexOf('.') + 1), bad.substring(bad.lastIndexOf('.') + 1));
    }

    private static String refresh(ChatClient client, String token) {
        return client.asks("auth.refresh", Map.of("token", token)).refusal();
    }

    private static boolean isFromBob(JsonNode event) {
        return event.path("by").path("id").asString("").equals("bob");
    }

    private static Instant at(JsonNode event) {
        return Instant.parse(event.get("at").stringValue());
    }
}
