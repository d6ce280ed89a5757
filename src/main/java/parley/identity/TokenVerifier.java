package parley.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import parley.settings.OwnConfig;
import parley.settings.Settings;

/**
 * Verifies bearer tokens, for the socket and for HTTP: JWTs signed with an asymmetric key of the configured issuer, for the configured
 * audience, within their times, and not revoked. The configuration is that of MicroProfile JWT: what {@link IssuerKeys} reads, and
 * {@code mp.jwt.verify.audiences}. The server's own MicroProfile JWT is not used: it reads keys only when its copy expires, and then has
 * none while the issuer can't be reached. Tokens of bots are not JWTs: {@link BotTokens} has them. Safe for
 * every thread; may wait for the issuer's key set if that is at a URL and due to be read.
 */
@ApplicationScoped
public class TokenVerifier {

    private static final SignedTokens.Kind KIND = new SignedTokens.Kind(Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"),
            // RFC 9068 section 2.1, with the prefix that is optional by RFC 7515 section 4.1.9.
            new JOSEObjectType("application/at+jwt")),
            Set.of("sub", "iat", "exp"), Set.of());
    // Values of the claim `typ` by which common issuers mark tokens that are not access tokens. No standard defines them.
    private static final Set<String> NOT_FOR_ACCESS = Set.of("refresh", "offline", "id", "logout");

    private SignedTokens signed;
    private Revocations revocations;
    private BotTokens bots;
    private Duration longest;

    /** For the container's proxy. */
    protected TokenVerifier() {
    }

    @Inject
    public TokenVerifier(IssuerKeys keys, @OwnConfig Config config, Settings settings, Revocations revocations, BotTokens bots) {
        this.revocations = revocations;
        this.bots = bots;
        longest = settings.tokens().longestLife();
        if (keys.areConfigured()) {
            signed = new SignedTokens(keys, SignedTokens.audiences(config), KIND);
        }
    }

    /** Verifies this token. */
    public Authentication verify(String token) {
        if (BotTokens.isOne(token)) {
            return bots.verify(token, Instant.now());
        }
        return signed == null ? new Authentication.Denied(SignInRefusal.ISSUER, "no issuer is configured")
                : signed.read(token, this::authentication, Authentication.Denied::new);
    }

    private Authentication authentication(JWTClaimsSet claims) throws ParseException {
        Object use = claims.getClaim("typ");
        if (use != null && NOT_FOR_ACCESS.contains(use.toString().toLowerCase(Locale.ROOT))) {
            return new Authentication.Denied("not an access token");
        }
        // A security event token, such as a logout token without a type (RFC 8417 section 4.6).
        if (claims.getClaim("events") != null) {
            return new Authentication.Denied("not an access token");
        }
        // Amazon Cognito: `access` or `id`.
        Object purpose = claims.getClaim("token_use");
        if (purpose != null && !purpose.equals("access")) {
            return new Authentication.Denied("not an access token");
        }
        // Bound to a key of the client (RFC 7800). Without checking the key, a stolen token would work.
        if (claims.getClaim("cnf") != null) {
            return new Authentication.Denied("bound to a key whose proof is not checked here");
        }
        return Claims.caller(claims).map(this::authentication).orElseGet(() -> new Authentication.Denied("sub is not a user id"));
    }

    private Authentication authentication(Caller caller) {
        Instant now = Instant.now();
        // The library allows for clock differences; the end of a token is exact here, as everywhere else in the application.
        if (!caller.expires().isAfter(now)) {
            return new Authentication.Denied(SignInRefusal.EXPIRED, "expired");
        }
        if (SignedTokens.isInFuture(caller.issued())) {
            return new Authentication.Denied("issued in the future");
        }
        // Revocations are stored for this long only.
        if (caller.expires().isAfter(caller.issued().plus(longest))) {
            return new Authentication.Denied("lasts longer than parley.tokens.longest-hours");
        }
        return revocations.isRevoked(caller) ? new Authentication.Denied(SignInRefusal.REVOKED, "revoked")
                : new Authentication.Granted(caller);
    }
}
