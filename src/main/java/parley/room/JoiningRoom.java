package parley.room;

import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.User;

/** Becoming a member of a public room. Where one is a member already, nothing happens. */
public record JoiningRoom(String room, User by) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier) {
        java.util.Optional<Problem> refused = RoomPolicy.joining(view, by);
        if (refused.isPresent()) {
            return new Verdict.Refused(refused.get());
        }
        if (view.role(by.id()) != Role.NONE) {
            return new Verdict.Already(view.offset());
        }
        if (!earlier.mayJoinAnother(by.id())) {
            return new Verdict.Refused(RoomPolicy.tooManyRooms());
        }
        return Verdict.change(new Change.MemberJoined(by, Role.MEMBER));
    }
}
