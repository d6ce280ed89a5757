package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * Ending one's own membership. Where one isn't a member, nothing happens. The last owner of others has to make another
 * one first; who is the last of all may go, and the room is the administrators' then.
 */
public record LeavingRoom(String room, User by) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier, Instant now) {
        Optional<Problem> refused = RoomPolicy.leaving(view, by, now);
        if (refused.isPresent()) {
            return new Verdict.Refused(refused.get());
        }
        return view.member(by.id())
                .map(member -> Verdict.change(new Change.MemberLeft(member.user())))
                .orElseGet(() -> new Verdict.Already(view.offset()));
    }
}
