package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import parley.identity.LogoutTokens.Outcome;
import parley.identity.Revocation.Kind;
import parley.identity.Revocation.Target;
import parley.settings.Given;
import parley.settings.Settings;

/** OpenID Connect Back-Channel Logout 1.0 section 2.6, step by step. */
class LogoutTokensTest {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final RSAKey KEY = Signing.key("one");
    private static final Instant NOW = Instant.ofEpochSecond(Instant.now().getEpochSecond());

    private final LogoutTokens tokens = tokens(Map.of("mp.jwt.verify.audiences", "parley"));

    @Test
    void anEncryptedTokenIsRefused() throws JOSEException {
        EncryptedJWT token = new EncryptedJWT(new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM), usual().build());
        token.encrypt(new RSAEncrypter(KEY));
        assertRefused(token.serialize());
    }

    @Test
    void aMissingOrForeignSignatureIsRefused() throws JOSEException {
        assertRefused(new PlainJWT(usual().build()).serialize());
        assertRefused(signed(Signing.otherKey("one"), JOSEObjectType.JWT, claims -> claims));
        assertRefused(Signing.sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), usual().build(),
                new MACSigner(KEY.toRSAPublicKey().getEncoded())));
    }

    @Test
    void anotherIssuerOrAudienceIsRefused() {
        assertRefused(signed(claims -> claims.issuer("https://other.example.com")));
        assertRefused(signed(claims -> claims.audience("another")));
        assertRefused(signed(claims -> claims.audience((String) null)));
    }

    @Test
    void aTokenOutsideItsTimesIsRefused() {
        assertRefused(signed(claims -> claims.issueTime(null)));
        assertRefused(signed(claims -> claims.expirationTime(null)));
        assertRefused(signed(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(60)))));
        assertRefused(signed(claims -> claims.issueTime(Date.from(NOW.plusSeconds(60)))));
    }

    @Test
    void aTokenWithoutASubjectIsRefused() {
        assertRefused(signed(claims -> claims.subject(null)));
        assertRefused(signed(claims -> claims.subject(" ")));
        assertRefused(signed(claims -> claims.claim("sid", "s".repeat(256))));
        assertRefused(signed(claims -> claims.claim("sid", 5)));
    }

    @Test
    void aTokenWithoutTheLogoutEventIsRefused() {
        assertRefused(signed(claims -> claims.claim("events", null)));
        assertRefused(signed(claims -> claims.claim("events", EVENT)));
        assertRefused(signed(claims -> claims.claim("events", Map.of())));
        assertRefused(signed(claims -> claims.claim("events", Map.of(EVENT, true))));
        assertRefused(signed(claims -> claims.claim("events", Map.of("http://schemas.openid.net/event/other", Map.of()))));
    }

    @Test
    void aTokenWithANonceIsRefused() {
        assertRefused(signed(claims -> claims.claim("nonce", "n")));
    }

    @Test
    void aTokenWithoutAnIdOrOfAnotherTypeIsRefused() {
        assertRefused(signed(claims -> claims.jwtID(null)));
        assertRefused(signed(KEY, new JOSEObjectType("at+jwt"), claims -> claims));
    }

    @Test
    void nonsenseIsRefused() {
        for (String text : List.of("", "a.b.c", "x".repeat(100_000))) {
            assertRefused(text);
        }
    }

    @Test
    void withoutAConfiguredAudienceEveryTokenIsRefused() {
        assertThat(tokens(Map.of()).verify(signed(claims -> claims))).isInstanceOf(Outcome.Invalid.class);
    }

    @Test
    void aSubjectWithoutASessionIsSignedOutEverywhere() {
        assertThat(tokens.verify(signed(claims -> claims))).isEqualTo(new Outcome.SignedOut(List.of(new Target(Kind.USER, "alice")), NOW));
        assertThat(tokens.verify(signed(KEY, new JOSEObjectType("logout+jwt"), claims -> claims))).isInstanceOf(Outcome.SignedOut.class);
        assertThat(tokens.verify(signed(KEY, null, claims -> claims))).isInstanceOf(Outcome.SignedOut.class);
    }

    @Test
    void aSessionIsSignedOutWithTheTokensThatNameNoSession() {
        assertThat(tokens.verify(signed(claims -> claims.claim("sid", "s")))).isEqualTo(new Outcome.SignedOut(
                List.of(new Target(Kind.SID, "s"), new Target(Kind.SIDLESS, "alice")), NOW));
        assertThat(tokens.verify(signed(claims -> claims.subject(null).claim("sid", "s")))).isEqualTo(new Outcome.SignedOut(
                List.of(new Target(Kind.SID, "s")), NOW));
    }

    @Test
    void thePagesClientIdIsAnAudience() {
        LogoutTokens ofThePage = tokens(Map.of("parley.oidc.issuer", "https://idp.example.com", "parley.oidc.client-id", "chat"));
        assertThat(ofThePage.verify(signed(claims -> claims.audience("chat")))).isInstanceOf(Outcome.SignedOut.class);
        assertThat(ofThePage.verify(signed(claims -> claims))).isInstanceOf(Outcome.Invalid.class);
    }

    private void assertRefused(String token) {
        assertThat(tokens.verify(token)).isInstanceOf(Outcome.Invalid.class);
    }

    private static LogoutTokens tokens(Map<String, String> more) {
        Map<String, String> given = new java.util.HashMap<>(Map.of("mp.jwt.verify.issuer", "https://idp.example.com",
                "mp.jwt.verify.publickey", new JWKSet(KEY).toString()));
        given.putAll(more);
        Settings settings = Settings.of(new Given(given));
        return new LogoutTokens(new IssuerKeys(new Given(given), settings), new Given(given), settings);
    }

    private static JWTClaimsSet.Builder usual() {
        return new JWTClaimsSet.Builder().issuer("https://idp.example.com").audience("parley").subject("alice").jwtID("j")
                .claim("events", Map.of(EVENT, Map.of())).issueTime(Date.from(NOW)).expirationTime(Date.from(NOW.plusSeconds(120)));
    }

    private static String signed(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(KEY, JOSEObjectType.JWT, change);
    }

    private static String signed(RSAKey key, JOSEObjectType type, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Signing.sign(key, type, change.apply(usual()).build());
    }
}
