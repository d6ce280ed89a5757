package parley.kit;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Tokens of the server's development issuer. {@link #of(String)} caches one token per user. */
public final class Tokens {

    private static final Map<String, String> CACHE = new ConcurrentHashMap<>();
    private static final Set<String> SIGNED_IN = ConcurrentHashMap.newKeySet();

    private Tokens() {
    }

    /** A token of this user, in no group. */
    public static String of(String user) {
        return CACHE.computeIfAbsent(user, id -> request(Map.of("user", id)));
    }

    /** A new token of this user, with a display name and groups. */
    public static String of(String user, String name, String... groups) {
        return request(Map.of("user", user, "name", name, "groups", List.of(groups)));
    }

    /** A new token of this user without a display name. */
    public static String withoutName(String user) {
        return TokenMinter.withClaims(claims -> claims.subject(user).claim("upn", null).claim("name", null));
    }

    /** A new token of this user, in these groups, that expires at this time (whole seconds). */
    public static String expiringAt(String user, Instant end, String... groups) {
        return TokenMinter.withClaims(claims -> claims.subject(user).claim("upn", user).claim("name", user).claim("groups", List.of(groups))
                .expirationTime(Date.from(end)));
    }

    /** A new token of this user with this issue time (whole seconds). */
    public static String issuedAt(String user, Instant time) {
        return TokenMinter.withClaims(claims -> claims.subject(user).claim("upn", user).claim("name", user).issueTime(Date.from(time)));
    }

    /** A new token of this user with this {@code jti} and {@code sid} (session at the issuer). */
    public static String withIds(String user, String jti, String sid) {
        return TokenMinter.withClaims(claims -> claims.subject(user).claim("upn", user).claim("name", user).jwtID(jti).claim("sid", sid));
    }

    /** A new token of this user with a display name and a {@code picture}. */
    public static String withPicture(String user, String name, String picture) {
        return TokenMinter.withClaims(claims -> claims.subject(user).claim("upn", user).claim("name", name).claim("picture", picture));
    }

    /** A new token of this user with a mail address that the issuer verified. */
    public static String withMail(String user, String address) {
        return TokenMinter.withClaims(claims -> claims.subject(user).claim("upn", user).claim("name", user).claim("email", address)
                .claim("email_verified", true));
    }

    /** A logout token of this user (OpenID Connect Back-Channel Logout 1.0 section 2.4), valid except for the change. */
    public static String logoutToken(String user, UnaryOperator<JWTClaimsSet.Builder> change) {
        return TokenMinter.withClaims(claims -> change.apply(claims.subject(user)
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))));
    }

    /**
     * Signs this user in, once for each server and database: only people who have signed in can be invited, muted or banned. Programs, such
     * as bots, can't sign in, and need not.
     */
    public static void signIn(String user) {
        if (!user.startsWith("service:") && SIGNED_IN.add(Server.base() + " " + user)) {
            Http.of(user).get("/api/me").json(200);
        }
    }

    /** Signs this user in, and waits until the directory has the person: from then on, requests of the person take turns. */
    public static void awaitSignIn(String user) {
        signIn(user);
        await().until(() -> Http.of(user).get("/api/people/one?id=" + Http.escaped(user)).status() == 200);
    }

    private static String request(Map<String, ?> body) {
        return Secrets.token(Http.anonymous().post("/dev/token", body).json(200).get("token").stringValue());
    }
}
