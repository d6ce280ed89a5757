package parley.outlet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An outlet as those see it who manage it.
 *
 * @param types of the events that it gets; empty for all
 * @param by the user id of the one who added it
 * @param epoch of the room's log
 * @param offset of the last event that was handed over
 * @param head of the room's log
 * @param failing since when every attempt fails
 * @param disabled when and why no further attempt is made
 */
public record Outlet(String id, String kind, String room, List<String> types, String by, Instant created, String epoch, long offset,
                   long head, Optional<Instant> failing, Optional<Disabled> disabled) {

    /** When and why an outlet was disabled: the last status. */
    public record Disabled(Instant at, String why) {}
}
