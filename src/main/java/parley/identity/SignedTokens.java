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
import parley.protocol.Command;

/**
 * What every token of the issuer's has to be, whatever it is for: signed with one of its asymmetric keys, by it, for somebody here,
 * and within its times.
 *
 * <p>Only asymmetric algorithms are accepted, so a public key can't serve as an HMAC secret (RFC 8725 section 2.1), and
 * keys come from configuration alone: {@code jku}, {@code jwk} and {@code x5u} of a token are never followed. Safe for
 * every thread; may wait for the issuer's key set when that is at a URL and has to be read anew.
 */
final class SignedTokens {

    private static final Logger LOG = Logger.getLogger(SignedTokens.class.getName());
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384,
            JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384, JWSAlgorithm.PS512, JWSAlgorithm.ES256,
            JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    private static final int LONGEST = Command.RefreshToken.LONGEST_TOKEN;
    private static final int LEEWAY_SECONDS = 5;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** What tells a kind of token: its type, where it has one, and claims that it must and must not have. */
    record Kind(Set<JOSEObjectType> types, Set<String> required, Set<String> prohibited) {}

    /** Makes something of a token's claims; throws when one is not what its name says. */
    interface Reading<T> {
        T of(JWTClaimsSet claims) throws ParseException;
    }

    /** @param audiences who they may be for; without them, anybody */
    SignedTokens(IssuerKeys keys, Optional<Set<String>> audiences, Kind kind) {
        Set<JOSEObjectType> types = new HashSet<>(kind.types());
        types.add(null);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(types));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.source()));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                // It asks the set for null.
                audiences.<Set<String>>map(HashSet::new).orElse(null),
                new JWTClaimsSet.Builder().issuer(keys.issuer()).build(), kind.required(), kind.prohibited());
        claims.setMaxClockSkew(LEEWAY_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** The audiences that are configured for tokens. Where that names none, nobody is meant. */
    static Optional<Set<String>> audiences(Config config) {
        return config.getOptionalValue("mp.jwt.verify.audiences", String.class)
                .map(list -> Set.copyOf(Arrays.asList(list.split("\\s*,\\s*"))));
    }

    /** Whether this lies further ahead than clocks differ. */
    static boolean isInFuture(Instant time) {
        return time.isAfter(Instant.now().plusSeconds(LEEWAY_SECONDS));
    }

    /**
     * What this token says.
     *
     * @param refusal what to make of the kind and the reason why it is not read, which holds no part of what was presented
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
            // Only signed tokens are parsed: no other kind is accepted.
            return reading.of(processor.process(SignedJWT.parse(token), null));
        } catch (BadJOSEException bad) {
            // Its class alone: some of the library's messages quote what the token brought.
            return refusal.apply(bad instanceof ExpiredJWTException ? SignInRefusal.EXPIRED : SignInRefusal.INVALID, bad.getClass().getSimpleName());
        } catch (RateLimitReachedException often) {
            return refusal.apply(SignInRefusal.ISSUER, "an unknown key, and the issuer was asked just now");
        } catch (JOSEException broken) {
            LOG.log(Level.WARNING, "A token could not be verified: {0}", broken.getMessage());
            return refusal.apply(SignInRefusal.ISSUER, "the issuer's keys are out of reach");
        } catch (ParseException | RuntimeException notAToken) {
            // The library throws what it does not declare: a key in a header that lacks its parts is a NullPointerException.
            LOG.log(Level.FINE, "A token could not be read", notAToken);
            return refusal.apply(SignInRefusal.INVALID, "not a JWT");
        }
    }
}
