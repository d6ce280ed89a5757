package parley.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.User;

/**
 * Gives a user a role; a user who is not a member becomes one. Changes nothing if the user has the role.
 *
 * @param user the user, with the name for a room that does not know it
 * @param role owner, moderator, member or guest
 */
public record ChangeRole(String room, Actor by, User user, Role role) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.givingRole(view, by, user.id(), role, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        if (view.role(user.id()) == role) {
            return new Decision.Already(view.offset());
        }
        Change change = view.member(user.id()).<Change>map(member -> new MemberChange.RoleChanged(member.user(), role, Optional.empty()))
                .orElseGet(() -> new MemberChange.Joined(view.person(user), role));
        return role == Role.GUEST ? Restriction.laid(view, user.id(), change, now) : new Decision.Changes(List.of(change));
    }
}
