package parley.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import parley.protocol.User;

/**
 * Someone whose token was verified.
 *
 * @param groups the token's groups
 * @param expires when the token ends; nothing may be done in this name after it
 */
public record Caller(User user, Set<String> groups, Instant expires) implements Principal {

    private static final String ADMINISTRATORS = "parley-admin";

    /** The user id: what everything in the database refers to. */
    public String id() {
        return user.id();
    }

    @Override
    public String getName() {
        return user.id();
    }

    /** Whether this caller administers Parley. */
    public boolean administers() {
        return groups.contains(ADMINISTRATORS);
    }
}
