package parley.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.protocol.User;

/** What a verified token says about its bearer, as a {@link Caller}. */
final class Claims {

    private static final int LONGEST_ID = 255;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_MARK = 255;

    private Claims() {
    }

    /**
     * The caller of these claims, or nothing when {@code sub} is no user id: 1 to 255 characters without controls. The
     * display name is {@code name}, {@code preferred_username} or the id. Throws when a claim is not what its name says.
     */
    static Optional<Caller> caller(JWTClaimsSet claims) throws ParseException {
        String sub = claims.getSubject();
        boolean sound = sub != null && !sub.isBlank() && sub.length() <= LONGEST_ID
                && sub.chars().noneMatch(Character::isISOControl);
        if (!sound) {
            return Optional.empty();
        }
        String shown = printable(claims.getStringClaim("name"));
        if (shown.isEmpty()) {
            shown = printable(claims.getStringClaim("preferred_username"));
        }
        List<String> groups = claims.getStringListClaim("groups");
        return Optional.of(new Caller(new User(sub, shown.isEmpty() ? sub : shown),
                groups == null ? Set.of() : Set.copyOf(groups), claims.getIssueTime().toInstant(),
                claims.getExpirationTime().toInstant(), mark(claims.getJWTID()), mark(claims.getStringClaim("sid"))));
    }

    // What can't be stored can't be revoked either, so it is as good as none.
    private static String mark(String claim) {
        return claim == null || claim.length() > LONGEST_MARK || claim.indexOf(0) >= 0 ? "" : claim;
    }

    private static String printable(String name) {
        if (name == null) {
            return "";
        }
        String line = name.codePoints().filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE)
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return line.strip();
    }
}
