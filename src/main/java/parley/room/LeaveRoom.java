package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;

/**
 * Ending one's own membership. Where one isn't a member, nothing happens. The last owner of others has to make another
 * one first; who is the last of all may go, and the room is the administrators' then.
 */
public record LeaveRoom(String room, Actor by) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.leaving(view, by, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        return view.member(by.id())
                .map(member -> Decision.change(new MemberChange.Left(member.user())))
                .orElseGet(() -> new Decision.Already(view.offset()));
    }
}
