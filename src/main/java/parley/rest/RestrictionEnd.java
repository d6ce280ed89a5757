package parley.rest;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.room.RoomPolicy;

/** When a ban or mute ends: a time in {@code until}, or a number of seconds in {@code for}. */
final class RestrictionEnd {

    // The decision is made a moment later and has the same bound.
    private static final long MOST_SECONDS = RoomPolicy.LONGEST_RESTRICTION.toSeconds() - 60;

    private RestrictionEnd() {
    }

    /** The end, if there is one. */
    static Optional<Instant> of(Fields fields, Instant now) {
        if (fields.has("until") && fields.has("for")) {
            fields.wrong(Problem.badRequest("Only one of `until` and `for` is allowed."));
        }
        if (fields.has("for")) {
            return Optional.of(now.plusSeconds(fields.number("for", 1, MOST_SECONDS, 0)));
        }
        return fields.has("until") ? Optional.of(fields.moment("until")) : Optional.empty();
    }
}
