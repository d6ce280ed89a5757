package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;

/**
 * Ends the actor's own membership. Changes nothing without one. The last owner must make another member an owner first. The last
 * member may leave; only administrators can change the room then.
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
