package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.BackgroundPoster;
import parley.kit.ChatClient;
import parley.kit.ForgedToken;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** A connection lasts as long as its token, or as the token that it was refreshed with. */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "it doesn't depend on the database")
class ExpiryIT {

    private static final Duration MAX_DELAY = Duration.ofSeconds(2);

    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    @Test
    void refusesATokenThatTheHandshakeWouldRefuse() {
        try (ChatClient bob = ChatClient.of("bob")) {
            for (ForgedToken forgery : ForgedToken.values()) {
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
    void refusesAdditionalGroupsAndAcceptsFewer() {
        try (ChatClient bob = ChatClient.withToken(Tokens.of("bob", "Bob", "staff", "sales"))) {
            JsonNode error = bob.asks("auth.refresh", Map.of("token", Tokens.of("bob", "Bob", "staff", "parley-admin"))).error();
            assertThat(error.get("code").stringValue()).isEqualTo("forbidden");
            assertThat(error.get("message").stringValue()).contains("Open a new connection");

            bob.asks("auth.refresh", Map.of("token", Tokens.of("bob", "Bob", "sales"))).ok();

            assertThat(refresh(bob, Tokens.of("bob", "Bob", "staff", "sales"))).as("a dropped group stays out").isEqualTo("forbidden");
        }
    }

    @Test
    void closesWhenTheTokenExpires() {
        Instant expires = Instant.now().plusSeconds(4);
        try (ChatClient bob = ChatClient.withToken(Tokens.expiringAt("bob", expires)).joins(room)) {
            int code = bob.closeCode();

            long late = Duration.between(Instant.parse(bob.hello().get("expires").stringValue()), Instant.now()).toMillis();
            assertThat(code).isEqualTo(4001);
            assertThat(bob.closeReason()).isEqualTo("the token expired");
            assertThat(late).isBetween(0L, MAX_DELAY.toMillis());
            System.out.println("A connection was closed " + late + " ms after its token expired");
        }
    }

    @Test
    void doesAndSendsNothingAfterExpiry() {
        try (ChatClient bob = ChatClient.withToken(Tokens.expiringAt("bob", Instant.now().plusSeconds(4))).joins(room)) {
            Instant end = Instant.parse(bob.hello().get("expires").stringValue());
            long stored = 0;
            try (BackgroundPoster chatter = new BackgroundPoster(alice, room)) {
                while (bob.asks("message.post", Map.of("room", room, "key", "bob-" + stored, "text", "still here")).json().has("ok")) {
                    stored++;
                }
            } catch (AssertionError ended) {
                assertThat(bob.closeCode()).isEqualTo(4001);
            }
            assertThat(stored).isPositive();
            assertThat(bob.received()).filteredOn(event -> event.has("at")).isNotEmpty().noneMatch(event -> at(event).isAfter(end));
            // A command accepted just before expiry may wait for the previous batch; its timestamp is the start of its own batch.
            Instant last = at(Http.of("alice").get("/api/rooms/" + room + "/messages?limit=100").json(200).get("messages").valueStream()
                    .filter(ExpiryIT::isFromBob).reduce((one, next) -> next).orElseThrow());
            assertThat(last).isBefore(end.plus(MAX_DELAY));
        }
    }

    @Test
    void continuesWithARefreshedTokenWithoutLoss() {
        Instant first = Instant.now().plusSeconds(4);
        try (ChatClient bob = ChatClient.withToken(Tokens.expiringAt("bob", first)).joins(room)) {
            String token = Tokens.expiringAt("bob", first.plusSeconds(600));
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
    void keepsTokensOutOfTheLog() {
        String good = Tokens.of("bob", "Bob");
        String bad = ForgedToken.FOREIGN_KEY_UNDER_NO_ID.token();
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
