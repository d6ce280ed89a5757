package parley.room;

import parley.protocol.Position;
import parley.protocol.Role;
import parley.protocol.RoomProfile;

/**
 * A room as a list shows it to someone.
 *
 * @param role what that someone is in it
 */
public record RoomSummary(String id, RoomProfile profile, Position position, Role role) {

    /** This view, as it looks to a user. */
    public static RoomSummary of(RoomView view, String user) {
        return new RoomSummary(view.id(), view.profile(), view.position(), view.role(user));
    }
}
