package parley.erasure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.Restriction;
import parley.room.RoomView;

/**
 * Ends the membership and the restriction of an erased person, whatever the role. A direct room keeps its people: there, the pseudonym
 * takes the person's place later.
 */
record EndMembership(String room, Actor by, String person) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.closed()) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        List<Change> changes = new ArrayList<>();
        if (!view.isDirect()) {
            view.member(person).ifPresent(member -> changes.add(new MemberChange.Left(member.user())));
        }
        Optional.ofNullable(view.restrictions().get(person)).ifPresent(held -> changes.add(held.kind() == Restriction.Kind.MUTED
                ? new MemberChange.Unmuted(held.user()) : new MemberChange.RoleChanged(held.user(), Role.NONE, Optional.empty())));
        return changes.isEmpty() ? new Decision.Already(view.offset()) : new Decision.Changes(changes, Optional.of(person));
    }
}
