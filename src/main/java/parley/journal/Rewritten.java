package parley.journal;

import java.util.List;
import java.util.Optional;
import parley.protocol.RoomEvent;

/**
 * Stored events that were rewritten or deleted.
 *
 * @param reason why; empty if the undoing of a bulk removal put content back
 * @param cause the event that did it; empty if none did
 * @param offsets of the events, in any order, maybe more than once
 */
public record Rewritten(String room, Optional<Leaving.Reason> reason, Optional<RoomEvent> cause, List<Long> offsets) {}
