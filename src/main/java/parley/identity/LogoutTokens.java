package parley.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import parley.settings.OwnConfig;
import parley.settings.Settings;

/**
 * Verifies logout tokens (OpenID Connect Back-Channel Logout 1.0 section 2.4) by the steps of section 2.6. Their audience is one of the
 * access tokens' audiences or this application's client id. Encrypted tokens are refused. A repeated token does no harm: it revokes
 * only what was issued before its own time. Safe for every thread; may wait for the issuer's keys.
 */
@ApplicationScoped
public class LogoutTokens {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    // The type is only recommended, and some issuers don't set it. The event claim identifies a logout token.
    private static final SignedTokens.Kind KIND = new SignedTokens.Kind(Set.of(new JOSEObjectType("logout+jwt"),
            new JOSEObjectType("application/logout+jwt"), JOSEObjectType.JWT),
            Set.of("iat", "exp", "jti", "events"), Set.of("nonce"));

    private SignedTokens signed;

    /** For the container's proxy. */
    protected LogoutTokens() {
    }

    @Inject
    public LogoutTokens(IssuerKeys keys, @OwnConfig Config config, Settings settings) {
        Set<String> audiences = new HashSet<>(SignedTokens.audiences(config).orElse(Set.of()));
        settings.oidc().ifPresent(oidc -> audiences.add(oidc.clientId()));
        if (keys.areConfigured() && !audiences.isEmpty()) {
            signed = new SignedTokens(keys, Optional.of(audiences), KIND);
        }
    }

    /** The result of verifying a logout token. */
    public sealed interface Outcome {

        /** The tokens to revoke; of a user's tokens those issued until {@code at}. */
        record SignedOut(List<Revocation.Target> targets, Instant at) implements Outcome {}

        /**
         * The token is refused.
         *
         * @param reason what is wrong, without any part of the token
         */
        record Invalid(String reason) implements Outcome {}
    }

    /** Verifies this token. */
    public Outcome verify(String token) {
        return signed == null ? new Outcome.Invalid("neither an audience nor a client id is configured")
                : signed.read(token, LogoutTokens::outcome, (kind, reason) -> new Outcome.Invalid(reason));
    }

    private static Outcome outcome(JWTClaimsSet claims) throws ParseException {
        Instant at = claims.getIssueTime().toInstant();
        if (SignedTokens.isInFuture(at)) {
            return new Outcome.Invalid("issued in the future");
        }
        if (!(claims.getJSONObjectClaim("events").get(EVENT) instanceof Map)) {
            return new Outcome.Invalid("events has no logout event");
        }
        String sub = claims.getSubject();
        String sid = claims.getStringClaim("sid");
        if (sub == null && sid == null || isInvalid(sub) || isInvalid(sid)) {
            return new Outcome.Invalid("neither sub nor sid, or one of them is too long");
        }
        List<Revocation.Target> targets = new ArrayList<>();
        if (sid != null) {
            targets.add(new Revocation.Target(Revocation.Kind.SID, sid));
        }
        if (sub != null) {
            // A token without sid may belong to this session, so it is revoked too.
            targets.add(new Revocation.Target(sid == null ? Revocation.Kind.USER : Revocation.Kind.SIDLESS, sub));
        }
        return new Outcome.SignedOut(targets, at);
    }

    private static boolean isInvalid(String claim) {
        return claim != null && (claim.isBlank() || claim.length() > Revocation.Target.LONGEST_SUBJECT || claim.indexOf(0) >= 0);
    }
}
