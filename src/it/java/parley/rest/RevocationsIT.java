package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.ForgedToken;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Revoking tokens: by administrators, and by the issuer when a user signs out. */
class RevocationsIT {

    private static final String PATH = "/api/administration/revocations";
    private static final String BACK_CHANNEL = "/api/sign-out/back-channel";
    private static final Duration PROMISE = Duration.ofSeconds(1);

    private final Http carol = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
    private final String jti = UUID.randomUUID().toString();
    private final String sid = UUID.randomUUID().toString();
    // A user of this test only: the revocation also applies to the tests that follow.
    private final String user = "user" + UUID.randomUUID();

    @Test
    void revokingIsForAdministrators() {
        assertThat(Http.anonymous().post(PATH, Map.of("user", "bob")).status()).isEqualTo(401);
        assertThat(Http.of("bob").post(PATH, Map.of("user", "bob")).problem()).isEqualTo("forbidden");
        assertThat(Http.of("bob").get(PATH).problem()).isEqualTo("forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"jti\":\"\"}", "{\"jti\":5}", "{\"jti\":\"a\",\"sid\":\"b\"}", "{\"sidless\":\"bob\"}",
            "{\"user\":\"bob\",\"until\":1}", "{\"user\":\"bob\\u0000\"}"})
    void aBodyThatDoesNotNameExactlyOneTargetIsRefused(String body) {
        assertThat(carol.postText(PATH, body).problem()).isEqualTo("bad_request");
    }

    @Test
    void aRevokedTokenIsRefusedEverywhere() {
        String token = Tokens.withIds("bob", jti, sid);
        String ticket = Http.withToken(token).post("/api/tickets", Map.of()).json(200).get("ticket").stringValue();
        try (ChatClient bob = ChatClient.withToken(token); ChatClient other = ChatClient.withToken(Tokens.withIds("bob", "other" + jti,
                sid))) {
            isClosedInTime("jti", bob, () -> carol.post(PATH, Map.of("jti", jti)));

            assertThat(Handshake.withToken(token).refused().status()).isEqualTo(401);
            assertThat(Handshake.anonymous().withQuery("ticket=" + ticket).refused().status()).isEqualTo(401);
            assertThat(Http.withToken(token).get("/api/rooms").problem()).isEqualTo("unauthorized");
            assertThat(other.asks("auth.refresh", Map.of("token", token)).refusal()).isEqualTo("unauthorized");
        }
    }

    @Test
    void aRevokedSessionEndsAllItsConnections() {
        try (ChatClient one = ChatClient.withToken(Tokens.withIds("bob", "1" + jti, sid));
             ChatClient two = ChatClient.withToken(Tokens.withIds("bob", "2" + jti, sid));
             ChatClient another = ChatClient.withToken(Tokens.withIds("bob", "3" + jti, "another" + sid))) {
            isClosedInTime("sid", one, () -> carol.post(PATH, Map.of("sid", sid)));
            assertThat(two.closeCode()).isEqualTo(4001);
            assertThat(Handshake.withToken(Tokens.withIds("bob", "4" + jti, sid)).refused().status()).isEqualTo(401);
            assertThat(another.asks("ping", Map.of()).ok()).isEmpty();
        }
    }

    @Test
    void aRevokedUserNeedsANewToken() {
        String token = Tokens.of(user);
        try (ChatClient client = ChatClient.withToken(token)) {
            isClosedInTime("user", client, () -> carol.post(PATH, Map.of("user", user)));
            assertThat(Handshake.withToken(token).refused().status()).isEqualTo(401);
        }
        String fresh = issuedLater(user);
        try (ChatClient again = ChatClient.withToken(fresh)) {
            assertThat(again.asks("ping", Map.of()).ok()).isEmpty();
        }
    }

    @Test
    void aRefreshedConnectionEndsWithItsNewToken() {
        try (ChatClient bob = ChatClient.withToken(Tokens.withIds("bob", "old" + jti, sid))) {
            bob.asks("auth.refresh", Map.of("token", Tokens.withIds("bob", jti, sid))).ok();
            carol.post(PATH, Map.of("jti", "old" + jti));
            assertThat(bob.asks("ping", Map.of()).ok()).as("the old token no longer belongs to this connection").isEmpty();
            isClosedInTime("jti of a refreshed token", bob, () -> carol.post(PATH, Map.of("jti", jti)));
        }
    }

    @Test
    void revocationsAreListedInPagesAndOnlyOnce() {
        for (String subject : List.of("1" + jti, "2" + jti, "2" + jti, "3" + jti)) {
            carol.post(PATH, Map.of("jti", subject));
        }
        List<JsonNode> all = all(2);
        assertThat(all).extracting(entry -> entry.get("subject").stringValue()).containsOnlyOnce("1" + jti, "2" + jti, "3" + jti);
        assertThat(all).extracting(entry -> entry.get("position").longValue()).isSorted().doesNotHaveDuplicates();
        JsonNode last = all.getLast();
        assertThat(last.get("kind").stringValue()).isEqualTo("jti");
        assertThat(last.get("by").stringValue()).isEqualTo("carol");
        assertThat(last.get("until").stringValue()).isGreaterThan(last.get("at").stringValue());
    }

    @Test
    void aLogoutTokenSignsOut() {
        try (ChatClient one = ChatClient.withToken(Tokens.withIds(user, jti, sid));
             ChatClient another = ChatClient.withToken(Tokens.withIds(user, "other" + jti, "another" + sid))) {
            isClosedInTime("back-channel logout", one, () -> {
                HttpAnswer answer = signsOut(claims -> claims.claim("sid", sid));
                assertThat(answer.header("Cache-Control")).contains("no-store");
                return answer;
            });
            assertThat(another.asks("ping", Map.of()).ok()).isEmpty();
            assertThat(signsOut(claims -> claims).status()).isEqualTo(200);
            assertThat(another.closeCode()).isEqualTo(4001);
        }
        assertThat(Handshake.withToken(Tokens.withIds(user, jti, sid)).refused().status()).isEqualTo(401);
    }

    @Test
    void anInvalidLogoutTokenIsRefusedAsTheStandardRequires() {
        try (ChatClient bob = ChatClient.withToken(Tokens.withIds(user, jti, sid))) {
            for (HttpAnswer answer : List.of(signsOut(claims -> claims.claim("nonce", "n")),
                    signsOut(claims -> claims.claim("events", Map.of())),
                    form(Map.of("logout_token", Tokens.of("bob"))), form(Map.of("logout_token", ForgedToken.ALGORITHM_NONE.token())),
                    form(Map.of("logout_token", "")), form(Map.of("token", "x")))) {
                assertThat(answer.json(400).get("error").stringValue()).isEqualTo("invalid_request");
                assertThat(answer.json().get("error_description").stringValue()).isNotBlank();
                assertThat(answer.header("Cache-Control")).contains("no-store");
            }
            assertThat(bob.asks("ping", Map.of()).ok()).isEmpty();
        }
    }

    @Test
    void aLogoutTokenIsNoAccessToken() {
        String token = Tokens.logoutToken(user, claims -> claims);
        assertThat(Handshake.withToken(token).refused().status()).isEqualTo(401);
        assertThat(Http.withToken(token).get("/api/rooms").status()).isEqualTo(401);
    }

    private interface Revoking {
        HttpAnswer send();
    }

    private static void isClosedInTime(String by, ChatClient client, Revoking revoking) {
        long start = System.nanoTime();
        HttpAnswer answer = revoking.send();
        int code = client.closeCode();
        long took = (System.nanoTime() - start) / 1_000_000;
        assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
        assertThat(code).isEqualTo(4001);
        assertThat(client.closeReason()).isEqualTo("the token was revoked");
        assertThat(took).isLessThan(PROMISE.toMillis());
        System.out.println("Revoked by " + by + ": closed " + took + " ms after the request");
    }

    // Tokens have their time of issue in whole seconds, and a token of the same second counts as older.
    private static String issuedLater(String user) {
        return Tokens.issuedAt(user, Instant.now().plusSeconds(1));
    }

    private HttpAnswer signsOut(UnaryOperator<JWTClaimsSet.Builder> change) {
        return form(Map.of("logout_token", Tokens.logoutToken(user, change)));
    }

    private static HttpAnswer form(Map<String, String> fields) {
        return Http.anonymous().postForm(BACK_CHANNEL, fields);
    }

    private List<JsonNode> all(int pageSize) {
        var all = new ArrayList<JsonNode>();
        for (long after = 0;; after = all.getLast().get("position").longValue()) {
            JsonNode page = carol.get(PATH + "?after=" + after + "&limit=" + pageSize).json(200);
            page.get("revocations").forEach(all::add);
            if (!page.get("more").booleanValue()) {
                return all;
            }
        }
    }
}
