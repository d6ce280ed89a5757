package parley.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import parley.protocol.TextRules;
import parley.protocol.User;

/** Turns the claims of a verified token into a {@link Caller}. */
public final class Claims {

    /** The longest URL of a picture. */
    public static final int LONGEST_PICTURE = 2_000;

    /** Mail addresses of ASCII characters without quotes and comments, which could be read in two ways. */
    private static final Pattern MAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){0,8}");

    private Claims() {
    }

    /**
     * The caller of these claims, or nothing if {@code sub} is no user id (1 to 255 visible characters) or that of a service or of
     * an import. The display name is {@code name}, {@code preferred_username} or the id. Throws if a claim has another type than its name
     * requires.
     */
    static Optional<Caller> caller(JWTClaimsSet claims) throws ParseException {
        String sub = claims.getSubject();
        if (!isUserId(sub) || Service.isReserved(sub)) {
            return Optional.empty();
        }
        String name = displayed(claims.getStringClaim("name"));
        if (name.isEmpty()) {
            name = displayed(claims.getStringClaim("preferred_username"));
        }
        List<String> groups = claims.getStringListClaim("groups");
        return Optional.of(new Caller(new User(sub, name.isEmpty() ? sub : name),
                groups == null ? Set.of() : Set.copyOf(groups), claims.getIssueTime().toInstant(),
                claims.getExpirationTime().toInstant(), storable(claims.getJWTID()), storable(claims.getStringClaim("sid")),
                picture(claims.getClaim("picture")), mail(claims)));
    }

    // OpenID Connect Core 1.0, section 5.1. Some issuers write the flag as text.
    private static Optional<String> mail(JWTClaimsSet claims) {
        boolean verified = "true".equals(String.valueOf(claims.getClaim("email_verified")));
        return verified && claims.getClaim("email") instanceof String address && MAIL.matcher(address).matches()
                ? Optional.of(address) : Optional.empty();
    }

    /** The https URL of a picture. It goes to other people's browsers; one that can't be shown counts as absent. */
    public static Optional<String> picture(Object claim) {
        if (!(claim instanceof String text) || text.length() > LONGEST_PICTURE) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null
                    ? Optional.of(uri.toASCIIString()).filter(url -> url.length() <= LONGEST_PICTURE) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    // An id that can't be stored can't be revoked, so it counts as absent.
    private static String storable(String claim) {
        return claim == null || claim.length() > Revocation.Target.LONGEST_SUBJECT || claim.indexOf(0) >= 0 ? "" : claim;
    }

    /** Whether this can be a user id. */
    public static boolean isUserId(String id) {
        return id != null && TextRules.isUserId(id);
    }

    private static String displayed(String name) {
        return name == null ? "" : TextRules.shown(name);
    }
}
