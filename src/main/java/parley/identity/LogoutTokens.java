package parley.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import parley.settings.OwnConfig;
import parley.settings.Settings;

/**
 * Verifies the issuer's word that someone signed out: a logout token as OpenID Connect Back-Channel Logout 1.0 section 2.4
 * defines it, by the steps of section 2.6, for an audience of the tokens or for this application as the issuer's client.
 * Encrypted ones are refused. That one comes twice does no harm: it hits what was issued until its own time. Safe for
 * every thread; may wait for the issuer's keys.
 */
@ApplicationScoped
public class LogoutTokens {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int LONGEST_SUBJECT = 255;

    private DefaultJWTProcessor<SecurityContext> processor;

    /** For the container's proxy. */
    protected LogoutTokens() {
    }

    @Inject
    public LogoutTokens(IssuerKeys keys, @OwnConfig Config config, Settings settings) {
        Set<String> audiences = new HashSet<>();
        config.getOptionalValue("mp.jwt.verify.audiences", String.class)
                .ifPresent(list -> audiences.addAll(Arrays.asList(list.split("\\s*,\\s*"))));
        settings.oidc().ifPresent(oidc -> audiences.add(oidc.clientId()));
        if (keys.areConfigured() && !audiences.isEmpty()) {
            processor = new DefaultJWTProcessor<>();
            // The type is only recommended, and not all issuers set it; what tells it apart is the event in it.
            processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("logout+jwt"), JOSEObjectType.JWT, null));
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(TokenVerifier.ALGORITHMS, keys.source()));
            DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(audiences,
                    new JWTClaimsSet.Builder().issuer(keys.issuer()).build(), Set.of("iat", "exp", "jti", "events"), Set.of("nonce"));
            claims.setMaxClockSkew(TokenVerifier.LEEWAY_SECONDS);
            processor.setJWTClaimsSetVerifier(claims);
        }
    }

    /** What came of a logout token. */
    public sealed interface Outcome {

        /** These tokens are to be revoked, of a user's those that were issued until then. */
        record SignedOut(List<Revocation.Target> targets, Instant at) implements Outcome {}

        /**
         * It is not one.
         *
         * @param reason what is wrong, without any part of what was presented
         */
        record Invalid(String reason) implements Outcome {}
    }

    /** What this token says. */
    public Outcome verify(String token) {
        if (processor == null) {
            return new Outcome.Invalid("neither an audience nor a client id is configured here");
        }
        if (token.length() > TokenVerifier.LONGEST_TOKEN) {
            return new Outcome.Invalid("the token is longer than " + TokenVerifier.LONGEST_TOKEN + " characters");
        }
        try {
            // Signed ones alone are even read: a broken header of an encrypted one has the library throw what it does not declare.
            return outcome(processor.process(SignedJWT.parse(token), null));
        } catch (ParseException | IllegalArgumentException notAToken) {
            return new Outcome.Invalid("not a JWT");
        } catch (BadJOSEException bad) {
            return new Outcome.Invalid(bad.getClass().getSimpleName());
        } catch (JOSEException broken) {
            return new Outcome.Invalid("the issuer's keys are out of reach");
        }
    }

    private static Outcome outcome(JWTClaimsSet claims) throws ParseException {
        Instant at = claims.getIssueTime().toInstant();
        if (at.isAfter(Instant.now().plusSeconds(TokenVerifier.LEEWAY_SECONDS))) {
            return new Outcome.Invalid("issued in the future");
        }
        if (!(claims.getJSONObjectClaim("events").get(EVENT) instanceof Map)) {
            return new Outcome.Invalid("events has no logout");
        }
        String sub = claims.getSubject();
        String sid = claims.getStringClaim("sid");
        if (sub == null && sid == null || isNoSubject(sub) || isNoSubject(sid)) {
            return new Outcome.Invalid("neither sub nor sid, or too long");
        }
        List<Revocation.Target> targets = new ArrayList<>();
        if (sid != null) {
            targets.add(new Revocation.Target(Revocation.Kind.SID, sid));
        }
        if (sub != null) {
            // Of a token that does not say its session nobody can tell that it isn't of this one.
            targets.add(new Revocation.Target(sid == null ? Revocation.Kind.USER : Revocation.Kind.SIDLESS, sub));
        }
        return new Outcome.SignedOut(targets, at);
    }

    private static boolean isNoSubject(String claim) {
        return claim != null && (claim.isBlank() || claim.length() > LONGEST_SUBJECT || claim.indexOf(0) >= 0);
    }
}
