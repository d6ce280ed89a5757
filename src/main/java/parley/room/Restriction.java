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
 * The restriction of one user in a room: a ban, a mute, or the role guest. A user has at most one, the latest, and keeps it
 * without being a member.
 *
 * @param until when it ends; empty for never
 */
public record Restriction(User user, Kind kind, Optional<Instant> until) {

    /** The most restrictions of a room, including ended ones that are still recorded; one more is refused. */
    public static final int MOST = 10_000;
    // How many ended restrictions are removed at once to make room for another.
    private static final int FORGOTTEN = 100;

    /** The room does not exist for the user; the user can't post for a while; the user reads only. */
    public enum Kind { BANNED, MUTED, GUEST }

    /** Whether it is in force at that time. */
    public boolean holds(Instant now) {
        return until.isEmpty() || until.get().isAfter(now);
    }

    /** The restriction of the user after a change, given the one before. */
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

    // A new role ends a ban; a mute stays in force.
    private static Optional<Restriction> under(Optional<Restriction> before, User user, Role role) {
        return role == Role.GUEST ? Optional.of(new Restriction(user, Kind.GUEST, Optional.empty()))
                : before.filter(restriction -> restriction.kind == Kind.MUTED);
    }

    /** A change that restricts a user. If the room has too many restrictions, changes that remove ended ones come first. */
    static Decision laid(RoomView view, String user, Change change, Instant now) {
        List<Change> changes = new ArrayList<>();
        if (view.restrictions().size() >= MOST && !view.restrictions().containsKey(user)) {
            view.restrictions().values().stream().filter(restriction -> !restriction.holds(now)).limit(FORGOTTEN)
                    .forEach(ended -> changes.add(ended.kind == Kind.BANNED
                            ? new MemberChange.RoleChanged(ended.user, Role.NONE, Optional.empty())
                            : new MemberChange.Unmuted(ended.user)));
            if (changes.isEmpty()) {
                return new Decision.Refused(Problem.conflict("This room has too many bans, mutes and guests."));
            }
        }
        changes.add(change);
        return new Decision.Changes(changes);
    }
}
