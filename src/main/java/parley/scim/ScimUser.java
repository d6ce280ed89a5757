package parley.scim;

import java.time.Instant;
import java.util.Optional;

/**
 * A user as the directory knows it.
 *
 * @param person the user id here
 */
public record ScimUser(String id, String person, String userName, Optional<String> externalId, String displayName, boolean active,
                       Instant created, Instant changed) {

    /** This user with what is given. */
    ScimUser with(UserChange change, Instant now) {
        return new ScimUser(id, person, change.userName().orElse(userName), change.externalId().or(() -> externalId),
                change.displayName().orElse(displayName), change.active().orElse(active), created, now);
    }
}
