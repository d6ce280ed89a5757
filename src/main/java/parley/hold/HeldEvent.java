package parley.hold;

import java.time.Instant;
import java.util.Optional;
import parley.journal.Leaving;
import parley.journal.Original;

/**
 * A copy of an event as it was before it was removed.
 *
 * @param version from 1: the event may have changed several times
 * @param removedBy the id of the user who removed it; empty if nobody did
 */
public record HeldEvent(Original original, int version, Leaving.Reason reason, Optional<String> removedBy, Instant removed) {

    /** The place of this event in the content of a hold. */
    public Place place() {
        return new Place(original.room(), original.offset(), version);
    }

    /** A place in the content of a hold, which is in the order of rooms, offsets and versions. */
    public record Place(String room, long offset, int version) {

        /** Before everything. */
        public static final Place START = new Place("", 0, 0);
    }
}
