package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;

/**
 * Having somebody read and not speak for a while, also if they leave and come again. Where it is so until then, or for
 * ever because they are a guest, nothing happens.
 *
 * @param user the id of whom to mute
 * @param until when it ends by itself
 */
public record MuteUser(String room, Actor by, String user, Instant until) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.moderating(view, by, user, now)
                .or(() -> RoomPolicy.ending(until, now))
                .or(() -> view.isBanned(user, now) ? Optional.of(Problem.conflict("They are banned.")) : Optional.empty());
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        Restriction mute = new Restriction(view.person(user), Restriction.Kind.MUTED, Optional.of(until));
        boolean silent = view.restriction(user, now).filter(held -> held.kind() == Restriction.Kind.GUEST || held.equals(mute)).isPresent();
        return silent ? new Decision.Already(view.offset())
                : Restriction.laid(view, user, new MemberChange.Muted(mute.user(), until), now);
    }
}
