package parley.room;

import java.time.Instant;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * Having somebody read and not speak for a while, also if they leave and come again. Where it is so until then, or for
 * ever because they are a guest, nothing happens.
 *
 * @param administers whether whoever proposes it administers the installation
 * @param user the id of whom to mute
 * @param until when it ends by itself
 */
public record MutingUser(String room, User by, boolean administers, String user, Instant until) implements Proposal {

    @Override
    public Verdict decide(RoomView view, Earlier earlier, Instant now) {
        Optional<Problem> refused = RoomPolicy.ruling(view, by, administers, user, now)
                .or(() -> RoomPolicy.ending(until, now))
                .or(() -> view.isBanned(user, now) ? Optional.of(Problem.conflict("They are banned.")) : Optional.empty());
        if (refused.isPresent()) {
            return new Verdict.Refused(refused.get());
        }
        Restraint mute = new Restraint(view.person(user), Restraint.Kind.MUTED, Optional.of(until));
        boolean silent = view.restraint(user, now).filter(held -> held.kind() == Restraint.Kind.GUEST || held.equals(mute)).isPresent();
        return silent ? new Verdict.Already(view.offset())
                : Restraint.laid(view, user, new Change.MemberMuted(mute.user(), until), now);
    }
}
