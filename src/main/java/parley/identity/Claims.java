package parley.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.protocol.TextRules;
import parley.protocol.User;

/** What a verified token says about its bearer, as a {@link Caller}. */
public final class Claims {

    private Claims() {
    }

    /**
     * The caller of these claims, or nothing when {@code sub} is no user id: 1 to 255 characters without any that are not seen. The
     * display name is {@code name}, {@code preferred_username} or the id. Throws when a claim is not what its name says.
     */
    static Optional<Caller> caller(JWTClaimsSet claims) throws ParseException {
        String sub = claims.getSubject();
        if (!isUserId(sub)) {
            return Optional.empty();
        }
        String shown = shown(claims.getStringClaim("name"));
        if (shown.isEmpty()) {
            shown = shown(claims.getStringClaim("preferred_username"));
        }
        List<String> groups = claims.getStringListClaim("groups");
        return Optional.of(new Caller(new User(sub, shown.isEmpty() ? sub : shown),
                groups == null ? Set.of() : Set.copyOf(groups), claims.getIssueTime().toInstant(),
                claims.getExpirationTime().toInstant(), mark(claims.getJWTID()), mark(claims.getStringClaim("sid"))));
    }

    // What can't be stored can't be revoked either, so it is as good as none.
    private static String mark(String claim) {
        return claim == null || claim.length() > Revocation.Target.LONGEST_SUBJECT || claim.indexOf(0) >= 0 ? "" : claim;
    }

    /** Whether this may be somebody's id. */
    public static boolean isUserId(String id) {
        return id != null && TextRules.isUserId(id);
    }

    private static String shown(String name) {
        return name == null ? "" : TextRules.shown(name);
    }
}
