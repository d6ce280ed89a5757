package parley.scim;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A group as the directory knows it.
 *
 * @param members ids of users ({@link ScimUser#id}), in order
 */
public record ScimGroup(String id, String displayName, Optional<String> externalId, List<String> members, Instant created,
                        Instant changed) {}
