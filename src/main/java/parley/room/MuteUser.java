package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * Mutes a user: until a time they can read but not post, also after leaving and joining again. Changes nothing if the same mute
 * is in force or the user is a guest.
 *
 * @param user the user to mute, with the name for a room that does not know it
 * @param until when the mute ends
 */
public record MuteUser(String room, Actor by, User user, Instant until) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.moderating(view, by, user.id(), now)
                .or(() -> RoomPolicy.ending(until, now))
                .or(() -> view.isBanned(user.id(), now) ? Optional.of(Problem.conflict("This user is banned.")) : Optional.empty());
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        Restriction mute = new Restriction(view.person(user), Restriction.Kind.MUTED, Optional.of(until));
        boolean silent = view.restriction(user.id(), now)
                .filter(held -> held.kind() == Restriction.Kind.GUEST || held.equals(mute)).isPresent();
        return silent ? new Decision.Already(view.offset())
                : Restriction.laid(view, user.id(), new MemberChange.Muted(mute.user(), until), now);
    }
}
