package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;

/**
 * Lifts a mute early. Changes nothing if the user is not muted.
 *
 * @param user the id of the muted user
 */
public record LiftMute(String room, Actor by, String user) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.moderating(view, by, user, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        return view.mutedUntil(user, now).isEmpty() ? new Decision.Already(view.offset())
                : Decision.change(new MemberChange.Unmuted(view.person(user)));
    }
}
