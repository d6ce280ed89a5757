package parley.scim;

import java.util.Optional;

/** What a request gives of a user. What is absent stays. */
public record UserChange(Optional<String> userName, Optional<String> externalId, Optional<String> displayName, Optional<Boolean> active) {

    static final UserChange NONE = new UserChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** This change, and then another one. */
    UserChange and(UserChange next) {
        return new UserChange(next.userName.or(() -> userName), next.externalId.or(() -> externalId),
                next.displayName.or(() -> displayName), next.active.or(() -> active));
    }
}
