package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.Problem;
import parley.protocol.RoomChange;

/**
 * Ending a room for good: it does not exist any more, and its id stays taken.
 *
 */
public record CloseRoom(String room, Actor by) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.updating(view, by, now);
        return refused.<Decision>map(Decision.Refused::new).orElseGet(() -> Decision.change(new RoomChange.Closed()));
    }
}
