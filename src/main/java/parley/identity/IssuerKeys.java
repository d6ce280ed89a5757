package parley.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSetBasedJWKSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import parley.settings.OwnConfig;
import parley.settings.Settings;

/**
 * The issuer and its public keys, by MicroProfile JWT's configuration: {@code mp.jwt.verify.issuer} and
 * {@code mp.jwt.verify.publickey} or {@code mp.jwt.verify.publickey.location}.
 *
 * <p>Keys at an http(s) location are read again every {@code parley.issuer.keys-seconds}, and when a token names an unknown key, at most
 * twice in 5 s. So the issuer may change its keys at any time. While the issuer can't be reached, the known keys stay in use without a
 * time limit. Safe for every thread; may wait 2 s for the issuer. Once keys are known, at most {@value #MOST_WAITING} threads wait for it
 * at a time; others verify with the known keys.
 */
@ApplicationScoped
public class IssuerKeys {

    private static final Logger LOG = Logger.getLogger(IssuerKeys.class.getName());
    private static final int LARGEST = 1 << 20;
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final long BETWEEN_READS_MILLIS = 5_000;
    private static final int MOST_WAITING = 2;
    private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

    private final AtomicReference<Instant> unreachableSince = new AtomicReference<>();
    /** When the keys were last read; null before the first time. */
    private volatile Instant readAt;
    /** The keys that were last read from a URL; null before the first time. */
    private volatile JWKSet lastRead;
    private InstantSource clock;
    private String issuer;
    private JWKSource<SecurityContext> keys;
    private String missing;

    /** For the container's proxy. */
    protected IssuerKeys() {
    }

    @Inject
    public IssuerKeys(@OwnConfig Config config, Settings settings) {
        this(config, settings, InstantSource.system());
    }

    IssuerKeys(Config config, Settings settings, InstantSource clock) {
        this.clock = clock;
        Optional<String> named = config.getOptionalValue("mp.jwt.verify.issuer", String.class);
        Optional<String> inline = config.getOptionalValue("mp.jwt.verify.publickey", String.class);
        Optional<String> location = config.getOptionalValue("mp.jwt.verify.publickey.location", String.class);
        if (named.isEmpty() || inline.isEmpty() && location.isEmpty()) {
            missing = "no token issuer is configured: set mp.jwt.verify.issuer and mp.jwt.verify.publickey.location";
            return;
        }
        issuer = named.get();
        try {
            keys = inline.isPresent() ? new ImmutableJWKSet<>(parse(inline.get())) : at(location.get(), settings.tokens().issuerKeys());
            readAt = keys instanceof ImmutableJWKSet ? clock.instant() : null;
        } catch (RuntimeException | IOException | JOSEException | ParseException unreadable) {
            missing = "the token issuer's key can't be read: " + unreadable.getMessage();
        }
    }

    /** Why no token can be verified, or nothing. Reads the keys if none are known. */
    public Optional<String> missing() {
        if (missing == null && unreachableSince().isPresent() && !areKnown()) {
            return Optional.of("the token issuer can't be reached, and none of its keys are known");
        }
        return Optional.ofNullable(missing);
    }

    /** Since when the issuer's keys can't be read, or nothing. The known keys stay in use. */
    public Optional<Instant> unreachableSince() {
        return Optional.ofNullable(unreachableSince.get());
    }

    /** When the issuer's keys were last read: at the start if the configuration contains them. */
    public Optional<Instant> readAt() {
        return Optional.ofNullable(readAt);
    }

    /** Whether any keys are known; reads them if they are due. */
    public boolean areKnown() {
        try {
            return keys != null && !keys.get(ANY, null).isEmpty();
        } catch (KeySourceException unreachable) {
            return false;
        }
    }

    boolean areConfigured() {
        return missing == null;
    }

    String issuer() {
        return issuer;
    }

    JWKSource<SecurityContext> source() {
        return keys;
    }

    private JWKSource<SecurityContext> at(String where, Duration every) throws IOException, JOSEException, ParseException {
        if (where.startsWith("https:") || where.startsWith("http:")) {
            var remote = new URLBasedJWKSetSource<SecurityContext>(URI.create(where).toURL(),
                    new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST));
            // Reading ahead would start a thread of the library's that nothing stops.
            JWKSource<SecurityContext> cached = JWKSourceBuilder.create(new Watched(remote)).cache(every.toMillis(), 2 * TIMEOUT_MILLIS)
                    .refreshAheadCache(false).rateLimited(Math.min(BETWEEN_READS_MILLIS, every.toMillis() / 2))
                    .outageTolerantForever().build();
            return new Gate(new JWKSetBasedJWKSource<>(new OnTime(((JWKSetBasedJWKSource<SecurityContext>) cached).getJWKSetSource())));
        }
        try (InputStream in = open(where)) {
            return new ImmutableJWKSet<>(parse(new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8)));
        }
    }

    /** Keeps made-up tokens from occupying the server's threads while the issuer hangs. */
    private final class Gate implements JWKSource<SecurityContext> {
        private final JWKSource<SecurityContext> source;
        private final Semaphore waiting = new Semaphore(MOST_WAITING);

        Gate(JWKSource<SecurityContext> source) {
            this.source = source;
        }

        @Override
        public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
            JWKSet known = lastRead;
            if (known == null) {
                return source.get(selector, context);
            }
            if (!waiting.tryAcquire()) {
                List<JWK> found = selector.select(known);
                if (found.isEmpty()) {
                    throw new RateLimitReachedException();
                }
                return found;
            }
            try {
                return source.get(selector, context);
            } finally {
                waiting.release();
            }
        }
    }

    /** Gives the library's caches the time of this clock. */
    private final class OnTime implements JWKSetSource<SecurityContext> {
        private final JWKSetSource<SecurityContext> cached;

        OnTime(JWKSetSource<SecurityContext> cached) {
            this.cached = cached;
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long systemTime, SecurityContext context) throws KeySourceException {
            return cached.getJWKSet(refresh, clock.millis(), context);
        }

        @Override
        public void close() throws IOException {
            cached.close();
        }
    }

    /** Records whether the keys can be read. */
    private final class Watched implements JWKSetSource<SecurityContext> {
        private final JWKSetSource<SecurityContext> remote;

        Watched(JWKSetSource<SecurityContext> remote) {
            this.remote = remote;
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, SecurityContext context) throws KeySourceException {
            try {
                JWKSet read = remote.getJWKSet(refresh, now, context);
                readAt = clock.instant();
                lastRead = read;
                if (unreachableSince.getAndSet(null) != null) {
                    LOG.info("The token issuer's keys can be read again");
                }
                return read;
            } catch (KeySourceException unreachable) {
                if (unreachableSince.compareAndSet(null, clock.instant())) {
                    LOG.log(Level.WARNING, "The token issuer''s keys can''t be read; the known ones stay in use: {0}",
                            unreachable.getMessage());
                }
                throw unreachable;
            }
        }

        @Override
        public void close() throws IOException {
            remote.close();
        }
    }

    private static InputStream open(String where) throws IOException {
        if (where.startsWith("file:")) {
            return URI.create(where).toURL().openStream();
        }
        String name = where.startsWith("classpath:") ? where.substring("classpath:".length()) : where;
        InputStream in = Thread.currentThread().getContextClassLoader()
                .getResourceAsStream(name.startsWith("/") ? name.substring(1) : name);
        if (in == null) {
            throw new IOException("there is no resource " + where);
        }
        return in;
    }

    // PEM, a JWK set or a single JWK: the three forms of MicroProfile JWT 2.1 section 9.2.
    private static JWKSet parse(String keys) throws JOSEException, ParseException {
        String text = keys.strip();
        if (text.startsWith("-----")) {
            return new JWKSet(JWK.parseFromPEMEncodedObjects(text));
        }
        return text.contains("\"keys\"") ? JWKSet.parse(text).toPublicJWKSet()
                : new JWKSet(JWK.parse(text).toPublicJWK());
    }
}
