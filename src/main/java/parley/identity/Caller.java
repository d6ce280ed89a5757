package parley.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import parley.protocol.User;

/**
 * A user whose token was verified.
 *
 * @param groups the token's groups
 * @param issued when the token was issued, to the second
 * @param expires when the token expires: from then on nothing may be done as this caller
 * @param jti the token's id, empty if it has none that can be stored
 * @param sid the id of the token's session at the issuer, empty likewise
 * @param picture the https URL of the user's picture, if the token has one
 * @param mail the user's mail address, if the token has one that the issuer verified
 * @param scopes what the token of a bot allows; empty for a person, whose token allows everything that the person may do
 */
public record Caller(User user, Set<String> groups, Instant issued, Instant expires, String jti, String sid, Optional<String> picture,
                     Optional<String> mail, Optional<Set<Scope>> scopes)
        implements Principal {

    private static final String ADMINISTRATORS = "parley-admin";

    /** A caller without a picture and a mail address. */
    public Caller(User user, Set<String> groups, Instant issued, Instant expires, String jti, String sid) {
        this(user, groups, issued, expires, jti, sid, Optional.empty(), Optional.empty());
    }

    /** A person. */
    public Caller(User user, Set<String> groups, Instant issued, Instant expires, String jti, String sid, Optional<String> picture,
                  Optional<String> mail) {
        this(user, groups, issued, expires, jti, sid, picture, mail, Optional.empty());
    }

    /** The user id, which the database refers to. */
    public String id() {
        return user.id();
    }

    @Override
    public String getName() {
        return user.id();
    }

    /** This caller as the one who asks for a change. */
    public Actor actor() {
        return new Actor(user, administers());
    }

    /** Whether this is a bot, whose token has scopes. */
    public boolean isBot() {
        return scopes.isPresent();
    }

    /** Whether the token allows this. The token of a person always does. */
    public boolean hasScope(Scope scope) {
        return scopes.isEmpty() || scopes.get().contains(scope);
    }

    /** Whether this caller administers Parley. */
    public boolean administers() {
        return groups.contains(ADMINISTRATORS);
    }
}
