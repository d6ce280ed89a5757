package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.Posting;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.RoomChange;
import parley.protocol.RoomProfile;

/**
 * Changes the profile of a room; absent fields stay. For owners and administrators.
 *
 * @param who may post
 * @param slow the seconds between two messages of one person, 0 for no limit
 */
public record UpdateRoom(String room, Actor by, Optional<String> name, Optional<String> topic, Optional<Retention> retention,
                         Optional<Posting.Who> who, Optional<Integer> slow) implements Proposal {

    /** A change that keeps who may post, and how often. */
    public UpdateRoom(String room, Actor by, Optional<String> name, Optional<String> topic, Optional<Retention> retention) {
        this(room, by, name, topic, retention, Optional.empty(), Optional.empty());
    }

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.updating(view, by, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        RoomProfile old = view.profile();
        RoomProfile updated = new RoomProfile(name.orElse(old.name()), old.kind(), topic.orElse(old.topic()),
                retention.orElse(old.retention()), new Posting(who.orElse(old.posting().who()), slow.orElse(old.posting().slow())));
        if (updated.retention().equals(Retention.NONE) && updated.posting().slow() > 0) {
            return new Decision.Refused(Problem.badRequest("A room that stores no messages can't be slow."));
        }
        // A room from before the limits may keep its retention when another field changes.
        Optional<Problem> kept = updated.retention().equals(old.retention()) ? Optional.empty() : context.keeping(updated.retention());
        Optional<Problem> unfit = kept.or(() -> updated.name().equals(old.name()) ? Optional.empty()
                : RoomPolicy.naming(room, updated, context));
        if (unfit.isPresent()) {
            return new Decision.Refused(unfit.get());
        }
        return updated.equals(old) ? new Decision.Already(view.offset()) : Decision.change(new RoomChange.Updated(updated));
    }
}
