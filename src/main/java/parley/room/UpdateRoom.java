package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.RoomProfile;
import parley.protocol.User;

/**
 * Changing what a room says of itself; what isn't given stays as it is. For its owners and for administrators.
 *
 * @param administers whether whoever proposes it administers the installation
 */
public record UpdateRoom(String room, User by, boolean administers, Optional<String> name, Optional<String> topic,
                           Optional<Retention> retention) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.updating(view, by, administers, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        RoomProfile old = view.profile();
        RoomProfile updated = new RoomProfile(name.orElse(old.name()), old.kind(), topic.orElse(old.topic()),
                retention.orElse(old.retention()));
        Optional<Problem> taken = updated.name().equals(old.name()) ? Optional.empty() : RoomPolicy.naming(room, updated, context);
        if (taken.isPresent()) {
            return new Decision.Refused(taken.get());
        }
        return updated.equals(old) ? new Decision.Already(view.offset()) : Decision.change(new Change.RoomUpdated(updated));
    }
}
