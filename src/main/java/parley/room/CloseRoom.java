package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * Ending a room for good: it does not exist any more, and its id stays taken.
 *
 * @param administers whether whoever proposes it administers the installation
 */
public record CloseRoom(String room, User by, boolean administers) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.updating(view, by, administers, now);
        return refused.<Decision>map(Decision.Refused::new).orElseGet(() -> Decision.change(new Change.RoomClosed()));
    }
}
