package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * Letting somebody speak again before the time. Where they aren't muted, nothing happens.
 *
 * @param administers whether whoever proposes it administers the installation
 * @param user the id of who is muted
 */
public record LiftMute(String room, User by, boolean administers, String user) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.moderating(view, by, administers, user, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        return view.mutedUntil(user, now).isEmpty() ? new Decision.Already(view.offset())
                : Decision.change(new Change.MemberUnmuted(view.person(user)));
    }
}
