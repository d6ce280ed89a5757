package parley.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;

/**
 * Who may do what in a room. Each rule looks at a view and answers with a refusal or with nothing. Pure: a ban or a mute
 * that has ended is over because the moment of deciding is after its end.
 */
public final class RoomPolicy {

    /** The most members that a room has; a join past it is refused. */
    public static final int MOST_MEMBERS = 10_000;
    /** The longest time that somebody is muted, or banned with an end. */
    public static final Duration LONGEST_RESTRICTION = Duration.ofDays(3_650);

    private RoomPolicy() {
    }

    /** What someone is told who is in as many rooms as one may. */
    static Problem tooManyRooms() {
        return Problem.conflict("You are in as many rooms as one may; leave one first.");
    }

    /** Whether this user may know that the room exists, and read it. */
    public static boolean maySee(RoomView room, String user, Instant now) {
        return !room.closed() && !room.isBanned(user, now)
                && (room.profile().kind() == RoomKind.PUBLIC || room.member(user).isPresent());
    }

    /** Why this user may not post or type, if that is so. */
    public static Optional<Problem> posting(RoomView room, Actor by, Instant now) {
        if (!maySee(room, by.id(), now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        if (room.mutedUntil(by.id(), now).isPresent()) {
            return Optional.of(Problem.forbidden("You are muted here for a while."));
        }
        return switch (room.role(by.id())) {
            case NONE, BANNED -> Optional.of(Problem.forbidden("Only members post here; join the room first."));
            case GUEST -> Optional.of(Problem.forbidden("Guests read here."));
            case OWNER, MODERATOR, MEMBER -> Optional.empty();
        };
    }

    /** Why this user may not change what the room says of itself, or close it, if that is so. */
    public static Optional<Problem> updating(RoomView room, Actor by, Instant now) {
        if (!mayKnow(room, by, now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        return by.administrator() || room.role(by.id()) == Role.OWNER ? Optional.empty()
                : Optional.of(Problem.forbidden("Only its owners change a room."));
    }

    /** Why a room may not be called this, if that is so: public rooms' names don't look alike. Of hidden ones nobody learns by a name. */
    public static Optional<Problem> naming(String room, RoomProfile profile, DecisionContext context) {
        return profile.kind() == RoomKind.PUBLIC && context.isNameTaken(room, profile.name())
                ? Optional.of(Problem.conflict("There is a room whose name looks like this.")) : Optional.empty();
    }

    /** Why this user may not look at who is banned, if that is so. */
    public static Optional<Problem> listingRestrictions(RoomView room, Actor by, Instant now) {
        if (!mayKnow(room, by, now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        return by.administrator() || room.role(by.id()).isAbove(Role.MEMBER) ? Optional.empty()
                : Optional.of(Problem.forbidden("Only owners and moderators see this."));
    }

    /**
     * Why this user may not remove, ban or mute that one, or take that back, if that is so. Administrators may, owners may, moderators may with
     * those below them, and nobody with themselves: who could lift themselves would be held by nothing.
     */
    public static Optional<Problem> moderating(RoomView room, Actor by, String user, Instant now) {
        if (!mayKnow(room, by, now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        if (by.id().equals(user)) {
            return Optional.of(Problem.forbidden("Nobody does this to themselves."));
        }
        boolean may = by.administrator() || switch (room.role(by.id())) {
            case OWNER -> true;
            case MODERATOR -> Role.MODERATOR.isAbove(room.role(user));
            case MEMBER, GUEST, NONE, BANNED -> false;
        };
        return may ? Optional.empty() : Optional.of(Problem.forbidden("Only owners do this, and moderators with those below them."));
    }

    /**
     * Why this user may not give that one a role, if that is so: as {@link #moderating}, and moderators give roles below their own. Owners may
     * step down where there is another owner.
     */
    public static Optional<Problem> givingRole(RoomView room, Actor by, String user, Role role, Instant now) {
        if (by.id().equals(user) && mayKnow(room, by, now) && room.role(user) == Role.OWNER) {
            return role != Role.OWNER && isLastOwner(room, user) ? Optional.of(lastOwner()) : Optional.empty();
        }
        return moderating(room, by, user, now)
                .or(() -> by.administrator() || room.role(by.id()).isAbove(role) || room.role(by.id()) == Role.OWNER ? Optional.empty()
                        : Optional.of(Problem.forbidden("Moderators give roles below their own.")))
                .or(() -> room.isBanned(user, now) ? Optional.of(Problem.conflict("They are banned; lift the ban first.")) : Optional.empty())
                .or(() -> full(room, user));
    }

    /** Why this user may not become a member, if that is so. */
    public static Optional<Problem> joining(RoomView room, Actor by, Instant now) {
        return maySee(room, by.id(), now) ? full(room, by.id()) : Optional.of(Problem.noSuchRoom());
    }

    /** Why this user may not stop being a member, if that is so. */
    public static Optional<Problem> leaving(RoomView room, Actor by, Instant now) {
        if (!maySee(room, by.id(), now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        return room.members().size() > 1 && isLastOwner(room, by.id()) ? Optional.of(lastOwner()) : Optional.empty();
    }

    /** Why a ban or mute may not end then, if that is so. */
    static Optional<Problem> ending(Instant until, Instant now) {
        return until.isAfter(now) && until.isBefore(now.plus(LONGEST_RESTRICTION)) ? Optional.empty()
                : Optional.of(Problem.badRequest("`until` must be a time to come, at most " + LONGEST_RESTRICTION.toDays() + " days ahead."));
    }

    // Administrators know of every room that is there.
    private static boolean mayKnow(RoomView room, Actor by, Instant now) {
        return by.administrator() ? !room.closed() : maySee(room, by.id(), now);
    }

    private static Optional<Problem> full(RoomView room, String user) {
        return room.role(user) == Role.NONE && room.members().size() >= MOST_MEMBERS ? Optional.of(Problem.conflict("The room is full."))
                : Optional.empty();
    }

    private static boolean isLastOwner(RoomView room, String user) {
        return room.role(user) == Role.OWNER && room.members().owners() == 1;
    }

    private static Problem lastOwner() {
        return Problem.conflict("A room has an owner: make somebody else one first, or close it.");
    }
}
