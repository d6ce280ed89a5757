package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.settings.Given;
import parley.settings.Settings;

/** An issuer that changes its keys or can't be reached, as the verifier of its tokens sees it. */
class IssuerKeysTest {

    private static final String ISSUER = "https://idp.example.com";

    private static final Duration PERIOD = Duration.ofSeconds(300);

    private final RSAKey first = Signing.key("first");
    private final RSAKey second = Signing.otherKey("second");
    private final AtomicInteger reads = new AtomicInteger();
    private volatile JWKSet published = new JWKSet(first);
    private volatile Instant now = Instant.now();
    private volatile Runnable whenAsked = () -> { };
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
    void aConfigurationWithoutKeysIsReported() {
        assertThat(keys(Map.of()).missing()).isPresent();
        assertThat(keys(Map.of("mp.jwt.verify.issuer", ISSUER)).missing()).isPresent();
        assertThat(keys(Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.publickey.location", "file:///no/such/file"))
                .missing()).isPresent();
        assertThat(keys(Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.publickey", "nonsense")).missing()).isPresent();
    }

    @Test
    void aKeyThatIsNotPublishedIsRefused() {
        TokenVerifier verifier = verifier(remote());
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Denied.class);
        assertThat(verifier.verify(signedBy(Signing.otherKey("first")))).isInstanceOf(Authentication.Denied.class);
    }

    @Test
    void madeUpTokensDelayNoOtherWhileTheIssuerHangs() throws Exception {
        TokenVerifier verifier = verifier(remote());
        verifier.verify(signedBy(first));
        passes(Duration.ofSeconds(10));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        whenAsked = () -> {
            asked.countDown();
            await(answers);
        };
        String known = signedBy(first);
        String madeUp = signedBy(second);
        List<CompletableFuture<Authentication>> strangers = Stream.generate(
                () -> CompletableFuture.supplyAsync(() -> verifier.verify(madeUp),
                Thread::startVirtualThread)).limit(40).toList();
        try {
            asked.await();
            // A token that waits for the issuer takes a second.
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                assertThat(verifier.verify(known)).isInstanceOf(Authentication.Granted.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        } finally {
            answers.countDown();
        }
        strangers.forEach(stranger -> assertThat(stranger.join()).isInstanceOf(Authentication.Denied.class));
    }

    @Test
    void aNewKeyIsReadAsSoonAsATokenNamesIt() {
        TokenVerifier verifier = verifier(remote());
        verifier.verify(signedBy(first));
        passes(Duration.ofSeconds(1));
        published = new JWKSet(List.of(first, second));
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Granted.class);
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
    }

    @Test
    void aWithdrawnKeyIsAcceptedUntilTheKeysAreReadAgain() {
        TokenVerifier verifier = verifier(remote());
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        published = new JWKSet(second);
        passes(PERIOD.minusSeconds(1));
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        passes(Duration.ofSeconds(1));
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Denied.class);
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Granted.class);
    }

    @Test
    void tokensOfUnknownKeysCauseTwoReadsIn5Seconds() {
        TokenVerifier verifier = verifier(remote());
        verifier.verify(signedBy(first));
        passes(Duration.ofSeconds(1));
        for (int n = 0; n < 20; n++) {
            assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Denied.class);
        }
        assertThat(reads.get()).isEqualTo(2);
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        passes(Duration.ofSeconds(5));
        verifier.verify(signedBy(second));
        assertThat(reads.get()).isEqualTo(3);
    }

    @Test
    void knownKeysStayInUseWhileTheIssuerCanNotBeReachedAndThatIsReported() throws IOException {
        IssuerKeys keys = remote();
        TokenVerifier verifier = verifier(keys);
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        assertThat(keys.unreachableSince()).isEmpty();
        int port = issuer.getAddress().getPort();
        issuer.stop(0);

        passes(PERIOD.plusSeconds(1));
        Instant away = now;
        assertThat(keys.areKnown()).isTrue();
        passes(PERIOD.multipliedBy(1_000));
        assertThat(keys.areKnown()).isTrue();
        assertThat(keys.unreachableSince()).contains(away);
        assertThat(keys.missing()).isEmpty();
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Denied.class);

        published = new JWKSet(second);
        opens(port);
        passes(PERIOD.plusSeconds(1));
        assertThat(verifier.verify(signedBy(second))).isInstanceOf(Authentication.Granted.class);
        assertThat(keys.unreachableSince()).isEmpty();
    }

    @Test
    void anIssuerThatCanNotBeReachedAtTheStartIsAskedAgain() throws IOException {
        int port = issuer.getAddress().getPort();
        issuer.stop(0);
        IssuerKeys keys = keys(at(port));
        TokenVerifier verifier = verifier(keys);
        assertThat(keys.areKnown()).isFalse();
        assertThat(keys.missing()).isPresent();
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Denied.class);

        opens(port);
        passes(Duration.ofSeconds(6));
        assertThat(keys.areKnown()).isTrue();
        assertThat(keys.missing()).isEmpty();
        assertThat(verifier.verify(signedBy(first))).isInstanceOf(Authentication.Granted.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void passes(Duration time) {
        now = now.plus(time);
    }

    private void opens(int port) throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        issuer.createContext("/keys", exchange -> {
            reads.incrementAndGet();
            whenAsked.run();
            byte[] body = published.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
    }

    private IssuerKeys remote() {
        return keys(at(issuer.getAddress().getPort()));
    }

    private static Map<String, String> at(int port) {
        return Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.publickey.location", "http://127.0.0.1:" + port + "/keys",
                "parley.issuer.keys-seconds", "" + PERIOD.toSeconds());
    }

    private IssuerKeys keys(Map<String, String> given) {
        return new IssuerKeys(new Given(given), Settings.of(new Given(given)), () -> now);
    }

    private static TokenVerifier verifier(IssuerKeys keys) {
        Settings settings = Settings.of(new Given(Map.of()));
        Revocations revocations = new Revocations(settings);
        return new TokenVerifier(keys, new Given(Map.of()), settings, revocations, new BotTokens(revocations, null));
    }

    private static String signedBy(RSAKey key) {
        Instant issued = Instant.now();
        return Signing.sign(key, JOSEObjectType.JWT, new JWTClaimsSet.Builder().issuer(ISSUER).subject("alice")
                .issueTime(Date.from(issued)).expirationTime(Date.from(issued.plusSeconds(300))).build());
    }
}
