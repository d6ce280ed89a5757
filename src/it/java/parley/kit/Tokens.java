package parley.kit;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Tokens that the server's development issuer signs for whoever asks. A user's token is asked for once. */
public final class Tokens {

    private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

    private Tokens() {
    }

    /** A token of this user, in no group. */
    public static String of(String user) {
        return KNOWN.computeIfAbsent(user, asked -> ask(Map.of("user", asked)));
    }

    /** A new token of this user, with a display name and groups. */
    public static String of(String user, String name, String... groups) {
        return ask(Map.of("user", user, "name", name, "groups", List.of(groups)));
    }

    /** A new token of this user that names them by their id alone. */
    public static String withoutName(String user) {
        return Forger.withClaims(claims -> claims.subject(user).claim("upn", null).claim("name", null));
    }

    /** A new token of this user, in these groups, that ends then; to the second. */
    public static String expiring(String user, Instant end, String... groups) {
        return Forger.withClaims(claims -> claims.subject(user).claim("upn", user).claim("name", user).claim("groups", List.of(groups))
                .expirationTime(Date.from(end)));
    }

    /** A new token of this user that says that it was issued then; to the second. */
    public static String issued(String user, Instant then) {
        return Forger.withClaims(claims -> claims.subject(user).claim("upn", user).claim("name", user).issueTime(Date.from(then)));
    }

    /** A new token of this user, of this id and of this session at the issuer. */
    public static String marked(String user, String jti, String sid) {
        return Forger.withClaims(claims -> claims.subject(user).claim("upn", user).claim("name", user).jwtID(jti).claim("sid", sid));
    }

    /** The issuer's word that this user signed out (OpenID Connect Back-Channel Logout 1.0 section 2.4), true but for what is changed. */
    public static String logout(String user, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Forger.withClaims(claims -> change.apply(claims.subject(user)
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))));
    }

    private static String ask(Map<String, ?> who) {
        return Secrets.token(Http.ofNobody().post("/dev/token", who).json(200).get("token").stringValue());
    }
}
