package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;

/** Removes the notifications of messages that retention removes. All else happens after the commit: {@link Searching}. */
@ApplicationScoped
class NotificationProjection implements Projection {

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        // Not in the transaction of the commit, which must not wait for it.
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        NotificationRows.remove(em, "room = ? and log_offset <= ? and why <> 'invited'", room, upTo);
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        // A rebuild notifies nobody again: the position of the room stays.
    }
}
