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
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import parley.protocol.ConnectionCommand;

/**
 * Verifies what all kinds of the issuer's tokens have in common: signature, issuer, audience and times.
 *
 * <p>Only asymmetric algorithms are accepted, so a public key can't serve as an HMAC secret (RFC 8725 section 2.1), and
 * keys come only from the configuration: {@code jku}, {@code jwk} and {@code x5u} of a token are never followed. Safe for
 * every thread; may wait for the issuer's key set if that is at a URL and due to be read.
 */
final class SignedTokens {

    private static final Logger LOG = Logger.getLogger(SignedTokens.class.getName());
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
            JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
            JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    private static final int LONGEST = ConnectionCommand.RefreshToken.LONGEST_TOKEN;
    private static final int LEEWAY_SECONDS = 5;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** A kind of token: its types, if it names one, and the claims that it must have and must not have. */
    record Kind(Set<JOSEObjectType> types, Set<String> required, Set<String> prohibited) {}

    /** Converts a token's claims; throws if a claim has another type than its name requires. */
    interface Reading<T> {
        T of(JWTClaimsSet claims) throws ParseException;
    }

    /** @param audiences one of which a token must name; empty to accept every audience */
    SignedTokens(IssuerKeys keys, Optional<Set<String>> audiences, Kind kind) {
        Set<JOSEObjectType> types = new HashSet<>(kind.types());
        types.add(null);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(types));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.source()));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                // The verifier calls contains(null), which immutable sets refuse.
                audiences.<Set<String>>map(HashSet::new).orElse(null),
                new JWTClaimsSet.Builder().issuer(keys.issuer()).build(), kind.required(), kind.prohibited());
        claims.setMaxClockSkew(LEEWAY_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** The configured audiences. An empty list in the configuration accepts no audience. */
    static Optional<Set<String>> audiences(Config config) {
        return config.getOptionalValue("mp.jwt.verify.audiences", String.class)
                .map(list -> Set.copyOf(Arrays.asList(list.split("\\s*,\\s*"))));
    }

    /** Whether this time is further in the future than the allowed difference between clocks. */
    static boolean isInFuture(Instant time) {
        return time.isAfter(Instant.now().plusSeconds(LEEWAY_SECONDS));
    }

    /**
     * Verifies this token and converts its claims.
     *
     * @param refusal builds the result from the kind of refusal and its reason, which contains no part of the token
     */
    <T> T read(String token, Reading<T> reading, BiFunction<SignInRefusal, String, T> refusal) {
        if (token.length() > LONGEST) {
            return refusal.apply(SignInRefusal.INVALID, "the token is longer than " + LONGEST + " characters");
        }
        try {
            Optional<String> fault = TokenShape.fault(token);
            if (fault.isPresent()) {
                return refusal.apply(SignInRefusal.INVALID, fault.get());
            }
            // Only signed tokens are parsed; encrypted and plain ones are refused.
            return reading.of(processor.process(SignedJWT.parse(token), null));
        } catch (BadJOSEException bad) {
            // Only the class: some messages of the library quote the token.
            return refusal.apply(bad instanceof ExpiredJWTException ? SignInRefusal.EXPIRED : SignInRefusal.INVALID,
                    bad.getClass().getSimpleName());
        } catch (RateLimitReachedException often) {
            return refusal.apply(SignInRefusal.ISSUER, "the key is unknown, and the issuer's keys were read just now");
        } catch (JOSEException broken) {
            LOG.log(Level.WARNING, "A token could not be verified: {0}", broken.getMessage());
            return refusal.apply(SignInRefusal.ISSUER, "the issuer's keys can't be read");
        } catch (ParseException | RuntimeException notAToken) {
            // The library throws exceptions that it doesn't declare, such as NullPointerException for an incomplete key in a header.
            LOG.log(Level.FINE, "A token could not be read", notAToken);
            return refusal.apply(SignInRefusal.INVALID, "not a JWT");
        }
    }
}
