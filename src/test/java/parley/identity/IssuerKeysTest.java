package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.settings.Given;
import parley.settings.Settings;

/** An issuer that changes its keys and goes away, as the verifier of its tokens sees it. */
class IssuerKeysTest {

    private static final String ISSUER = "https://idp.example.com";

    private final RSAKey first = Signing.key("first");
    private final RSAKey second = Signing.key("second");
    private final AtomicInteger reads = new AtomicInteger();
    private volatile JWKSet published = new JWKSet(first);
    private HttpServer issuer;

    @BeforeEach
    void anIssuer() throws IOException {
        opens(0);
    }

    @AfterEach
    void closes() {
        issuer.stop(0);
    }

    @Test
    void aConfigurationThatNamesNoKeysIsSaidToBeMissing() {
        assertThat(keys(Map.of()).missing()).isPresent();
        assertThat(keys(Map.of("mp.jwt.verify.issuer", ISSUER)).missing()).isPresent();
        assertThat(keys(Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.publickey.location", "file:///no/such/file"))
                .missing()).isPresent();
        assertThat(keys(Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.publickey", "nonsense")).missing()).isPresent();
    }

    @Test
    void aKeyThatIsNotPublishedIsNotTaken() {
        TokenVerifier verifier = verifier(remote(300));
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Denied.class);
        assertThat(verifier.verify(signedBy(Signing.key("first")))).isInstanceOf(Authentication.Denied.class);
    }

    @Test
    void aNewKeyIsTakenAsSoonAsATokenNamesIt() {
        TokenVerifier verifier = verifier(remote(300));
        verifier.verify(signedBy(first));
        published = new JWKSet(java.util.List.of(first, second));
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Granted.class);
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
    }

    @Test
    void aKeyThatWasTakenBackIsRefusedWhenTheKeysAreReadAnew() {
        TokenVerifier verifier = verifier(remote(1));
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        published = new JWKSet(second);
        await().until(() -> verifier.verify(signedBy(first)) instanceof Authentication.Denied);
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Granted.class);
    }

    @Test
    void tokensOfUnknownKeysDoNotMakeItAskWithoutEnd() {
        TokenVerifier verifier = verifier(remote(300));
        verifier.verify(signedBy(first));
        for (int n = 0; n < 20; n++) {
            assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Denied.class);
        }
        assertThat(reads.get()).isLessThanOrEqualTo(3);
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
    }

    @Test
    void knownKeysAreUsedWhileTheIssuerIsAwayAndItIsSaid() throws IOException {
        IssuerKeys keys = remote(1);
        TokenVerifier verifier = verifier(keys);
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        assertThat(keys.outOfReachSince()).isEmpty();
        int port = issuer.getAddress().getPort();
        issuer.stop(0);

        await().until(() -> keys.areKnown() && keys.outOfReachSince().isPresent());
        assertThat(keys.missing()).isEmpty();
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Denied.class);

        published = new JWKSet(second);
        opens(port);
        await().until(() -> verifier.verify(signedBy(second)) instanceof Authentication.Granted);
        assertThat(keys.outOfReachSince()).isEmpty();
    }

    @Test
    void anIssuerThatIsAwayAtTheStartIsWaitedFor() throws IOException {
        int port = issuer.getAddress().getPort();
        issuer.stop(0);
        IssuerKeys keys = keys(at(port, 1));
        TokenVerifier verifier = verifier(keys);
        assertThat(keys.areKnown()).isFalse();
        assertThat(keys.missing()).isPresent();
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Denied.class);

        opens(port);
        await().until(keys::areKnown);
        assertThat(keys.missing()).isEmpty();
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
    }

    private void opens(int port) throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        issuer.createContext("/keys", exchange -> {
            reads.incrementAndGet();
            byte[] body = published.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
    }

    private IssuerKeys remote(int seconds) {
        return keys(at(issuer.getAddress().getPort(), seconds));
    }

    private static Map<String, String> at(int port, int seconds) {
        return Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.publickey.location", "http://127.0.0.1:" + port + "/keys",
                "parley.issuer.keys-seconds", "" + seconds);
    }

    private static IssuerKeys keys(Map<String, String> given) {
        return new IssuerKeys(new Given(given), Settings.of(new Given(given)));
    }

    private static TokenVerifier verifier(IssuerKeys keys) {
        Settings settings = Settings.of(new Given(Map.of()));
        return new TokenVerifier(keys, new Given(Map.of()), settings, new Revocations(settings));
    }

    private static String signedBy(RSAKey key) {
        Instant now = Instant.now();
        return Signing.sign(key, JOSEObjectType.JWT, new JWTClaimsSet.Builder().issuer(ISSUER).subject("alice")
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(300))).build());
    }
}
