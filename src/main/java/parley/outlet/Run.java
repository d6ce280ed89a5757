package parley.outlet;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An outlet that this instance has leased, as it was then.
 *
 * @param types of the events that it gets; empty for all
 * @param offset of the last event that was handed over
 * @param epoch of the room's log
 * @param head of the room's log
 * @param failingSince when the first of the latest failures in a row was
 * @param lease names the run
 */
record Run(Consumer consumer, Set<String> types, String share, long offset, String epoch, long head, Optional<Instant> failingSince,
           String lease) {

    boolean wants(OutgoingEvent event) {
        return types.isEmpty() || types.contains(event.type());
    }
}
