package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;

/**
 * Having the room not exist for somebody, a member or not. Where it is so until then, nothing happens.
 *
 * @param user the id of whom to ban
 * @param until when it ends by itself; never when it is empty
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
