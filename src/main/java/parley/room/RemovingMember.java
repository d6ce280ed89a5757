package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * Ending somebody's membership; one's own is {@link LeavingRoom}. Where they aren't a member, nothing happens.
 *
 * @param administers whether whoever proposes it administers the installation
 * @param user the id of whom to remove
 */
public record RemovingMember(String room, User by, boolean administers, String user) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier, Instant now) {
        if (user.equals(by.id())) {
            return new LeavingRoom(room, by).decide(view, earlier, now);
        }
        Optional<Problem> refused = RoomPolicy.ruling(view, by, administers, user, now);
        if (refused.isPresent()) {
            return new Verdict.Refused(refused.get());
        }
        return view.member(user).map(member -> Verdict.change(new Change.MemberLeft(member.user())))
                .orElseGet(() -> new Verdict.Already(view.offset()));
    }
}
