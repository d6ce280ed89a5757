package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;

/**
 * Bans a user, who need not be a member: the room no longer exists for them. Changes nothing if the same ban is in force.
 *
 * @param user the id of the user to ban
 * @param until when the ban ends; empty for a permanent ban
 */
public record BanUser(String room, Actor by, String user, Optional<Instant> until) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.moderating(view, by, user, now)
                .or(() -> until.flatMap(end -> RoomPolicy.ending(end, now)));
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        Restriction ban = new Restriction(view.person(user), Restriction.Kind.BANNED, until);
        if (view.restriction(user, now).filter(ban::equals).isPresent()) {
            return new Decision.Already(view.offset());
        }
        return Restriction.laid(view, user, new MemberChange.RoleChanged(ban.user(), Role.BANNED, until), now);
    }
}
