package parley.room;

import java.time.Instant;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;

/** Becoming a member of a public room. Where one is a member already, nothing happens. */
public record JoinRoom(String room, Actor by) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        java.util.Optional<Problem> refused = RoomPolicy.joining(view, by, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        if (view.role(by.id()) != Role.NONE) {
            return new Decision.Already(view.offset());
        }
        if (!context.mayJoinAnother(by.id())) {
            return new Decision.Refused(RoomPolicy.tooManyRooms());
        }
        // Leaving and coming again lifts nobody.
        boolean guest = view.restriction(by.id(), now).filter(restriction -> restriction.kind() == Restriction.Kind.GUEST).isPresent();
        return Decision.change(new MemberChange.Joined(by.user(), guest ? Role.GUEST : Role.MEMBER));
    }
}
