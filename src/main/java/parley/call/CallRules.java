package parley.call;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.MemberChange;
import parley.protocol.Problem;
import parley.protocol.Role;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/** Who may be in the call of a room: people who may post there. Pure. */
final class CallRules {

    private CallRules() {
    }

    /** Refuses a user who may not be in a call of the room. In a direct room, {@link RoomPolicy#writing} comes after it. */
    static Optional<Problem> joining(RoomView room, Actor by, Instant now) {
        return RoomPolicy.posting(room, by, now);
    }

    /** Whether this change ends the right of its user to be in a call. */
    static boolean ends(MemberChange change) {
        return switch (change) {
            case MemberChange.Left left -> true;
            case MemberChange.Muted muted -> true;
            case MemberChange.RoleChanged changed -> changed.role() == Role.BANNED || changed.role() == Role.GUEST;
            case MemberChange.Joined joined -> false;
            case MemberChange.Unmuted unmuted -> false;
        };
    }

    static Problem noCall() {
        return Problem.conflict("There is no call in this room. Start one.");
    }

    static Problem notInCall() {
        return Problem.conflict("You are not in the call of this room. Join it first.");
    }

    static Problem full(int most) {
        return Problem.conflict("The call is full: at most " + most + " people and devices.");
    }
}
