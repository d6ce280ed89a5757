package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import parley.settings.Given;
import parley.settings.Settings;

class TokenVerifierTest {

    private static final String ISSUER = "https://idp.example.com";
    private static final RSAKey KEY = Signing.key("one");

    private final Revocations revocations = new Revocations(Settings.of(new Given(Map.of())));
    private final TokenVerifier verifier = verifier(Map.of("mp.jwt.verify.issuer", ISSUER,
            "mp.jwt.verify.audiences", "portal,parley", "mp.jwt.verify.publickey", new JWKSet(KEY).toString()));

    @Test
    void withoutAnIssuerEveryTokenIsDenied() {
        assertThat(verifier(Map.of()).verify(signed(KEY, claims -> claims))).isInstanceOf(Authentication.Denied.class);
    }

    @Test
    void aTokenOfAnotherKeyIsDenied() {
        assertDenied(signed(Signing.otherKey("one"), claims -> claims));
        assertDenied(signed(Signing.otherKey("two"), claims -> claims));
    }

    /** Found by the fuzzer: the library throws an undeclared exception. */
    @Test
    void anEncryptedTokenWithABrokenHeaderIsDenied() {
        String header = "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483648,\"p2s\":\"AAAA\"}";
        assertDenied(Base64URL.encode(header) + ".AAAA.AAAA.AAAA.AAAA");
    }

    @Test
    void anUnsignedTokenIsDenied() {
        assertDenied(new PlainJWT(usual().build()).serialize());
    }

    @Test
    void aPublicKeyDoesNotWorkAsAnHmacSecret() throws JOSEException {
        JWSSigner mac = new MACSigner(KEY.toRSAPublicKey().getEncoded());
        assertDenied(Signing.sign(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), usual().build(), mac));
    }

    /** CVE-2022-21449, with an issuer that has an elliptic key. */
    @Test
    void aSignatureOfZerosIsDenied() throws JOSEException {
        ECKey elliptic = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        TokenVerifier both = verifier(Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.publickey",
                new JWKSet(List.of(KEY, elliptic)).toString()));
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").type(JOSEObjectType.JWT).build();
        String unsigned = header.toBase64URL() + "." + Base64URL.encode(usual().build().toString()) + ".";
        assertThat(both.verify(unsigned + Base64URL.encode(new byte[64]))).isInstanceOf(Authentication.Denied.class);
        assertThat(both.verify(Signing.sign(header, usual().build(), new ECDSASigner(elliptic))))
                .isInstanceOf(Authentication.Granted.class);
    }

    @Test
    void aKeyInTheTokenIsNotTrusted() throws JOSEException {
        RSAKey foreign = Signing.otherKey("foreign");
        assertDenied(Signing.sign(new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(foreign.toPublicJWK()).build(),
                usual().build(), new RSASSASigner(foreign)));
    }

    @Test
    void anotherIssuerOrAudienceIsDenied() {
        assertDenied(signed(KEY, claims -> claims.issuer("https://idp.example.com.evil.com")));
        assertDenied(signed(KEY, claims -> claims.issuer(null)));
        assertDenied(signed(KEY, claims -> claims.audience("another")));
        assertDenied(signed(KEY, claims -> claims.audience((String) null)));
    }

    @Test
    void anEmptyListOfAudiencesDeniesEveryToken() {
        assertThat(verifier(Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.audiences", ",", "mp.jwt.verify.publickey",
                new JWKSet(KEY).toString())).verify(signed(KEY, claims -> claims))).isInstanceOf(Authentication.Denied.class);
    }

    @Test
    void aTokenOutsideItsTimesIsDenied() {
        assertDenied(signed(KEY, claims -> claims.expirationTime(in(Duration.ofMinutes(-1)))));
        assertDenied(signed(KEY, claims -> claims.expirationTime(in(Duration.ofSeconds(-1)))));
        assertDenied(signed(KEY, claims -> claims.expirationTime(null)));
        assertDenied(signed(KEY, claims -> claims.notBeforeTime(in(Duration.ofMinutes(1)))));
    }

    @Test
    void aTokenForAnotherPurposeIsDenied() {
        assertDenied(signed(KEY, claims -> claims.claim("typ", "Refresh")));
        assertDenied(signed(KEY, claims -> claims.claim("typ", "ID")));
        assertDenied(signed(KEY, claims -> claims.claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))));
    }

    @Test
    void aSubjectThatIsNoUserIdIsDenied() {
        assertDenied(signed(KEY, claims -> claims.subject(null)));
        assertDenied(signed(KEY, claims -> claims.subject("")));
        assertDenied(signed(KEY, claims -> claims.subject("a\nb")));
        assertDenied(signed(KEY, claims -> claims.subject("a".repeat(256))));
        assertDenied(signed(KEY, claims -> claims.subject("service:orders")));
        assertDenied(signed(KEY, claims -> claims.subject("import:old-chat:alice")));
    }

    @Test
    void nonsenseIsDenied() {
        assertDenied("");
        assertDenied("a.b.c");
        assertDenied("x".repeat(100_000));
    }

    @Test
    void aValidTokenGivesItsCaller() {
        Instant expires = in(Duration.ofMinutes(5)).toInstant();
        Caller caller = granted(signed(KEY, claims -> claims.claim("groups", List.of("parley-admin"))
                .issueTime(Date.from(expires.minusSeconds(600))).expirationTime(Date.from(expires)).jwtID("j").claim("sid", "s")));
        assertThat(caller.id()).isEqualTo("alice");
        assertThat(caller.user().name()).isEqualTo("Alice");
        assertThat(caller.administers()).isTrue();
        assertThat(caller.expires().getEpochSecond()).isEqualTo(expires.getEpochSecond());
        assertThat(caller.issued()).isEqualTo(caller.expires().minusSeconds(600));
        assertThat(caller.jti()).isEqualTo("j");
        assertThat(caller.sid()).isEqualTo("s");
    }

    @Test
    void aTokenWithoutATimeOfIssueIsDenied() {
        assertDenied(signed(KEY, claims -> claims.issueTime(null)));
        assertDenied(signed(KEY, claims -> claims.issueTime(in(Duration.ofMinutes(1)))));
    }

    // It would outlive its revocation.
    @Test
    void aTokenThatLastsLongerThanRevocationsIsDenied() {
        assertDenied(signed(KEY, claims -> claims.issueTime(in(Duration.ofHours(-23))).expirationTime(in(Duration.ofHours(2)))));
        granted(signed(KEY, claims -> claims.issueTime(in(Duration.ofHours(-23))).expirationTime(in(Duration.ofMinutes(59)))));
    }

    @Test
    void aRevokedTokenIsDenied() {
        String token = signed(KEY, claims -> claims.jwtID("stolen"));
        granted(token);
        revocations.add(List.of(new Revocation(1, new Revocation.Target(Revocation.Kind.JTI, "stolen"), Instant.now(),
                Instant.now().plusSeconds(60), "carol")), Instant.now());
        assertDenied(token);
    }

    @Test
    void anIdThatCanNotBeStoredCountsAsAbsent() {
        assertThat(granted(signed(KEY, claims -> claims.jwtID("j".repeat(256)))).jti()).isEmpty();
    }

    @Test
    void aNameLosesWhatCanNotBeDisplayed() {
        assertThat(granted(signed(KEY, claims -> claims.claim("name", "\u202eecilA\u0007 "))).user().name())
                .isEqualTo("ecilA");
        assertThat(granted(signed(KEY, claims -> claims.claim("name", null).claim("preferred_username", "ali")))
                .user().name()).isEqualTo("ali");
        assertThat(granted(signed(KEY, claims -> claims.claim("name", null))).user().name()).isEqualTo("alice");
    }

    private TokenVerifier verifier(Map<String, String> given) {
        Settings settings = Settings.of(new Given(Map.of()));
        return new TokenVerifier(new IssuerKeys(new Given(given), settings), new Given(given), settings, revocations,
                new BotTokens(revocations, null));
    }

    private void assertDenied(String token) {
        assertThat(verifier.verify(token)).isInstanceOf(Authentication.Denied.class);
    }

    private Caller granted(String token) {
        return ((Authentication.Granted) verifier.verify(token)).caller();
    }

    private static String signed(RSAKey key, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Signing.sign(key, JOSEObjectType.JWT, change.apply(usual()).build());
    }

    private static JWTClaimsSet.Builder usual() {
        return new JWTClaimsSet.Builder().issuer(ISSUER).audience("parley").subject("alice").claim("name", "Alice")
                .issueTime(in(Duration.ZERO)).expirationTime(in(Duration.ofMinutes(5)));
    }

    private static Date in(Duration duration) {
        return Date.from(Instant.now().plus(duration));
    }
}
