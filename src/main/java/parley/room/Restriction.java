package parley.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.User;

/**
 * What holds somebody back in a room, a member or not: one thing at a time, the latest that was said of them.
 *
 * @param until when it ends by itself; never when it is empty
 */
public record Restriction(User user, Kind kind, Optional<Instant> until) {

    /** The most restraints that a room has, those that ended and were not forgotten yet included; one more is refused. */
    public static final int MOST = 10_000;
    // Restraints that ended and are forgotten at once, when there is no place for another.
    private static final int FORGOTTEN = 100;

    /** The ways of holding back: not here at all, not to speak for now, and not to be more than a guest. */
    public enum Kind { BANNED, MUTED, GUEST }

    /** Whether it has not ended by then. */
    public boolean holds(Instant now) {
        return until.isEmpty() || until.get().isAfter(now);
    }

    /** What holds the one whom a change concerns after it, given what held them before. */
    static Optional<Restriction> after(Optional<Restriction> before, MemberChange change) {
        return switch (change) {
            case MemberChange.Joined joined -> under(before, joined.user(), joined.role());
            case MemberChange.RoleChanged changed -> switch (changed.role()) {
                case BANNED -> Optional.of(new Restriction(changed.user(), Kind.BANNED, changed.until()));
                case NONE -> Optional.empty();
                case OWNER, MODERATOR, MEMBER, GUEST -> under(before, changed.user(), changed.role());
            };
            case MemberChange.Muted muted -> Optional.of(new Restriction(muted.user(), Kind.MUTED, Optional.of(muted.until())));
            case MemberChange.Unmuted unmuted -> Optional.empty();
            case MemberChange.Left left -> before;
        };
    }

    // A role is as good as its bearer's: of what held before, only a mute goes on.
    private static Optional<Restriction> under(Optional<Restriction> before, User user, Role role) {
        return role == Role.GUEST ? Optional.of(new Restriction(user, Kind.GUEST, Optional.empty()))
                : before.filter(restriction -> restriction.kind == Kind.MUTED);
    }

    /** A change that holds a user back; where there is no place for it, after others' that ended are forgotten, if any did. */
    static Decision laid(RoomView view, String user, Change change, Instant now) {
        List<Change> changes = new ArrayList<>();
        if (view.restrictions().size() >= MOST && !view.restrictions().containsKey(user)) {
            view.restrictions().values().stream().filter(restriction -> !restriction.holds(now)).limit(FORGOTTEN)
                    .forEach(ended -> changes.add(ended.kind == Kind.BANNED
                            ? new MemberChange.RoleChanged(ended.user, Role.NONE, Optional.empty()) : new MemberChange.Unmuted(ended.user)));
            if (changes.isEmpty()) {
                return new Decision.Refused(Problem.conflict("Too many are banned, muted or guests here."));
            }
        }
        changes.add(change);
        return new Decision.Changes(changes);
    }
}
