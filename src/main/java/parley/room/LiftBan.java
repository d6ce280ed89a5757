package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;

/**
 * Lifts a ban early. Changes nothing if there is none.
 *
 * @param user the id of the banned user
 */
public record LiftBan(String room, Actor by, String user) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.moderating(view, by, user, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        return view.restriction(user, now).filter(restriction -> restriction.kind() == Restriction.Kind.BANNED)
                .map(ban -> Decision.change(new MemberChange.RoleChanged(ban.user(), Role.NONE, Optional.empty())))
                .orElseGet(() -> new Decision.Already(view.offset()));
    }
}
