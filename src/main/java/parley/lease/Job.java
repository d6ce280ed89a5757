package parley.lease;

import java.time.Instant;
import java.util.Optional;

/**
 * Long work that a person started, as administrators see it.
 *
 * @param kind the name of its {@link JobKind}
 * @param id unique within the kind
 * @param title what it is about: a file, a room, a person
 * @param by who started it; empty if the instance did
 * @param created when it was started, or last touched if nothing else is stored
 * @param state {@code waiting}, {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param node the instance that worked on it last
 * @param done steps that are done, of {@code total}; both 0 if it does not count
 * @param failure why it failed
 * @param cancellable whether {@link JobKind#cancel} ends it
 */
public record Job(String kind, String id, String title, Optional<String> by, Instant created, String state, Optional<String> node,
                  Optional<Instant> began, Optional<Instant> ended, long done, long total, Optional<String> failure,
                  boolean cancellable) {}
