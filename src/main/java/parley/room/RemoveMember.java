package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;

/**
 * Ends another user's membership; one's own ends by {@link LeaveRoom}. Changes nothing if the user is not a member.
 *
 * @param user the id of the user to remove
 */
public record RemoveMember(String room, Actor by, String user) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (user.equals(by.id())) {
            return new LeaveRoom(room, by).decide(view, context, now);
        }
        Optional<Problem> refused = RoomPolicy.moderating(view, by, user, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        return view.member(user).map(member -> Decision.change(new MemberChange.Left(member.user())))
                .orElseGet(() -> new Decision.Already(view.offset()));
    }
}
