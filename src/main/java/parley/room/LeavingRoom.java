package parley.room;

import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.User;

/** Ending one's own membership. Where one isn't a member, nothing happens. */
public record LeavingRoom(String room, User by) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier) {
        if (!RoomPolicy.maySee(view, by.id())) {
            return new Verdict.Refused(Problem.noSuchRoom());
        }
        return view.member(by.id())
                .map(member -> Verdict.change(new Change.MemberLeft(member.user())))
                .orElseGet(() -> new Verdict.Already(view.offset()));
    }
}
