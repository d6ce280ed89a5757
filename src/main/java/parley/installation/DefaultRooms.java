package parley.installation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.protocol.Problem;
import parley.protocol.RoomKind;
import parley.room.RoomView;
import parley.room.Rooms;

/** Which rooms people join at their first sign-in. Each call waits for the database. The caller has checked that an administrator asks. */
@ApplicationScoped
public class DefaultRooms {

    /** The most default rooms. */
    public static final int MOST = 20;

    @Inject
    private Rooms rooms;
    @Inject
    private DefaultRoomRows rows;

    /**
     * Makes a room a default room. Who signed in before joins nothing. Returns why not.
     *
     * @param by the id of the administrator
     * @param address of the request, for the audit
     */
    public Optional<Problem> add(String room, String by, String address) {
        Optional<RoomView> found = rooms.view(room).filter(view -> !view.closed());
        if (found.isEmpty()) {
            return Optional.of(Problem.noSuchRoom());
        }
        return found.get().profile().kind() == RoomKind.PUBLIC ? rows.add(room, event("room.default", room, by, address))
                : Optional.of(Problem.conflict("Only public rooms can be default rooms."));
    }

    /** People no longer join this room at their first sign-in. Its members stay. */
    public void remove(String room, String by, String address) {
        rows.remove(room, event("room.default.ended", room, by, address));
    }

    private static AuditEvent event(String action, String room, String by, String address) {
        return new AuditEvent(Instant.now(), action, by, null, room, address, null, 1);
    }
}
