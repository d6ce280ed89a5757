package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.User;

/**
 * Bans a user, who need not be a member: the room no longer exists for them. Changes nothing if the same ban is in force.
 *
 * @param user the user to ban, with the name for a room that does not know it
 * @param until when the ban ends; empty for a permanent ban
 */
public record BanUser(String room, Actor by, User user, Optional<Instant> until) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.moderating(view, by, user.id(), now)
                .or(() -> until.flatMap(end -> RoomPolicy.ending(end, now)));
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        Restriction ban = new Restriction(view.person(user), Restriction.Kind.BANNED, until);
        if (view.restriction(user.id(), now).filter(ban::equals).isPresent()) {
            return new Decision.Already(view.offset());
        }
        return Restriction.laid(view, user.id(), new MemberChange.RoleChanged(ban.user(), Role.BANNED, until), now);
    }
}
