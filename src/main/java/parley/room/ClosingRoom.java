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
public record ClosingRoom(String room, User by, boolean administers) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier, Instant now) {
        Optional<Problem> refused = RoomPolicy.updating(view, by, administers, now);
        return refused.<Verdict>map(Verdict.Refused::new).orElseGet(() -> Verdict.change(new Change.RoomClosed()));
    }
}
