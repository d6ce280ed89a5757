package parley.room;

import java.util.Optional;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;

/** Who may do what in a room. Each rule looks at a view and answers with a refusal or with nothing. Pure. */
public final class RoomPolicy {

    /** The most members that a room has; a join past it is refused. */
    public static final int MOST_MEMBERS = 10_000;

    private RoomPolicy() {
    }

    /** Whether this user may know that the room exists, and read it. */
    public static boolean maySee(RoomView room, String user) {
        return room.profile().kind() == RoomKind.PUBLIC || room.members().containsKey(user);
    }

    /** Why this user may not post or type, if that is so. */
    public static Optional<Problem> speaking(RoomView room, User by) {
        if (!maySee(room, by.id())) {
            return Optional.of(Problem.noSuchRoom());
        }
        return switch (room.role(by.id())) {
            case NONE -> Optional.of(Problem.forbidden("Only members post here; join the room first."));
            case GUEST -> Optional.of(Problem.forbidden("Guests read here."));
            case OWNER, MODERATOR, MEMBER -> Optional.empty();
        };
    }

    /** Why this user may not change what the room says of itself, if that is so. */
    public static Optional<Problem> updating(RoomView room, User by, boolean administers) {
        if (administers || room.role(by.id()) == Role.OWNER) {
            return Optional.empty();
        }
        return Optional.of(maySee(room, by.id()) ? Problem.forbidden("Only its owners change a room.") : Problem.noSuchRoom());
    }

    /** Why a room may not be called this, if that is so: public rooms' names don't look alike. Of hidden ones nobody learns by a name. */
    public static Optional<Problem> naming(String room, RoomProfile profile, Earlier earlier) {
        return profile.kind() == RoomKind.PUBLIC && earlier.isNameTaken(room, profile.name())
                ? Optional.of(Problem.conflict("There is a room whose name looks like this.")) : Optional.empty();
    }

    /** Why this user may not remove that one, if that is so: owners remove anyone, moderators those below them. */
    public static Optional<Problem> removing(RoomView room, User by, boolean administers, String user) {
        if (!administers && !maySee(room, by.id())) {
            return Optional.of(Problem.noSuchRoom());
        }
        boolean may = administers || switch (room.role(by.id())) {
            case OWNER -> true;
            case MODERATOR -> switch (room.role(user)) {
                case OWNER, MODERATOR -> false;
                case MEMBER, GUEST, NONE -> true;
            };
            case MEMBER, GUEST, NONE -> false;
        };
        return may ? Optional.empty() : Optional.of(Problem.forbidden("Only owners and moderators remove members."));
    }

    /** Why this user may not become a member, if that is so. */
    public static Optional<Problem> joining(RoomView room, User by) {
        if (!maySee(room, by.id())) {
            return Optional.of(Problem.noSuchRoom());
        }
        boolean full = room.role(by.id()) == Role.NONE && room.members().size() >= MOST_MEMBERS;
        return full ? Optional.of(Problem.conflict("The room is full.")) : Optional.empty();
    }
}
