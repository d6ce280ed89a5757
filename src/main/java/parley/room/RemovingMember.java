package parley.room;

import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * Ending somebody else's membership. Where they aren't a member, nothing happens.
 *
 * @param administers whether whoever proposes it administers the installation
 * @param user the id of whom to remove
 */
public record RemovingMember(String room, User by, boolean administers, String user) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier) {
        Optional<Problem> refused = RoomPolicy.removing(view, by, administers, user);
        if (refused.isPresent()) {
            return new Verdict.Refused(refused.get());
        }
        return view.member(user).map(member -> Verdict.change(new Change.MemberLeft(member.user())))
                .orElseGet(() -> new Verdict.Already(view.offset()));
    }
}
