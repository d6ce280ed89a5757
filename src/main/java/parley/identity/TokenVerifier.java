package parley.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import parley.settings.OwnConfig;
import parley.settings.Settings;

/**
 * Verifies bearer tokens: a JWT signed with an asymmetric key of the configured issuer, for the configured audience,
 * within its times, and not revoked: for the socket and for HTTP alike. Configured as MicroProfile JWT is, by what
 * {@link IssuerKeys} reads and {@code mp.jwt.verify.audiences}. The server's own MicroProfile JWT is not used: it looks
 * for new keys only when its copy is over, and then has none while the issuer is away.
 *
 * <p>Only asymmetric algorithms are accepted, so a public key can't serve as an HMAC secret (RFC 8725 section 2.1), and
 * keys come from configuration alone: {@code jku}, {@code jwk} and {@code x5u} of a token are never followed. Safe for
 * every thread; may wait for the issuer's key set when that is at a URL and has to be read anew.
 */
@ApplicationScoped
public class TokenVerifier {

    private static final Logger LOG = Logger.getLogger(TokenVerifier.class.getName());

    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
            JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
            JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    static final int LONGEST_TOKEN = 16_384;
    static final int LEEWAY_SECONDS = 5;
    // How the well-known issuers mark tokens that are not for access (a claim of theirs, in no standard).
    private static final Set<String> NOT_FOR_ACCESS = Set.of("refresh", "offline", "id", "logout");

    private DefaultJWTProcessor<SecurityContext> processor;
    private Revocations revocations;
    private Duration longest;

    /** For the container's proxy. */
    protected TokenVerifier() {
    }

    @Inject
    public TokenVerifier(IssuerKeys keys, @OwnConfig Config config, Settings settings, Revocations revocations) {
        this.revocations = revocations;
        longest = settings.longestToken();
        if (keys.areConfigured()) {
            processor = processor(keys, config.getOptionalValue("mp.jwt.verify.audiences", String.class));
        }
    }

    /** Who bears this token. */
    public Admission verify(String token) {
        if (processor == null) {
            return new Admission.Denied("no issuer is configured");
        }
        if (token.length() > LONGEST_TOKEN) {
            return new Admission.Denied("the token is longer than " + LONGEST_TOKEN + " characters");
        }
        try {
            // Signed ones alone are even read: a broken header of an encrypted one has the library throw what it does not declare.
            return admission(processor.process(SignedJWT.parse(token), null));
        } catch (ParseException | IllegalArgumentException notAToken) {
            return new Admission.Denied("not a JWT");
        } catch (BadJOSEException bad) {
            // Its class alone: some of the library's messages quote what the token brought.
            return new Admission.Denied(bad.getClass().getSimpleName());
        } catch (RateLimitReachedException often) {
            return new Admission.Denied("an unknown key, and the issuer was asked just now");
        } catch (JOSEException broken) {
            LOG.log(Level.WARNING, "A token could not be verified: {0}", broken.getMessage());
            return new Admission.Denied("the issuer's keys are out of reach");
        }
    }

    private Admission admission(JWTClaimsSet claims) throws ParseException {
        Object use = claims.getClaim("typ");
        if (use != null && NOT_FOR_ACCESS.contains(use.toString().toLowerCase(Locale.ROOT))) {
            return new Admission.Denied("not an access token");
        }
        // A security event of the issuer's, such as a logout token without a type (RFC 8417 section 4.6).
        if (claims.getClaim("events") != null) {
            return new Admission.Denied("not an access token");
        }
        return Claims.caller(claims).map(this::admission).orElseGet(() -> new Admission.Denied("sub is no user id"));
    }

    private Admission admission(Caller caller) {
        Instant now = Instant.now();
        // The library is patient with clocks that differ; at a token's end nobody else here is.
        if (!caller.expires().isAfter(now)) {
            return new Admission.Denied("expired");
        }
        if (caller.issued().isAfter(now.plusSeconds(LEEWAY_SECONDS))) {
            return new Admission.Denied("issued in the future");
        }
        // Revocations are not kept for longer than that.
        if (caller.expires().isAfter(caller.issued().plus(longest))) {
            return new Admission.Denied("lasts longer than parley.tokens.longest-hours");
        }
        return revocations.hit(caller) ? new Admission.Denied("revoked") : new Admission.Granted(caller);
    }

    private static DefaultJWTProcessor<SecurityContext> processor(IssuerKeys keys, Optional<String> audiences) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT,
                new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.source()));
        Set<String> accepted = audiences.map(list -> (Set<String>) new HashSet<>(Arrays.asList(list.split("\\s*,\\s*"))))
                .orElse(null);
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(accepted,
                new JWTClaimsSet.Builder().issuer(keys.issuer()).build(), Set.of("sub", "iat", "exp"), null);
        claims.setMaxClockSkew(LEEWAY_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
        return processor;
    }
}
