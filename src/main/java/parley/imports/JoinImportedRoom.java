package parley.imports;

import java.time.Instant;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Makes a person a member of an imported room, as they were there. It is proposed in the person's own name, so nobody is notified of an
 * invitation. Changes nothing if the person is a member.
 */
record JoinImportedRoom(String room, Actor by, Role role) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.member(by.id()).isPresent()) {
            return new Decision.Already(view.offset());
        }
        if (view.closed() || view.isBanned(by.id(), now)) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        if (view.members().size() >= RoomPolicy.MOST_MEMBERS) {
            return new Decision.Refused(Problem.conflict("The room has " + RoomPolicy.MOST_MEMBERS + " members."));
        }
        return Decision.change(new MemberChange.Joined(by.user(), role));
    }
}
