package parley.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import parley.protocol.CallChange;
import parley.protocol.MemberChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;

/**
 * Creates and removes the rows of calls with the events of their room, and removes the participants of people in the transaction that ends
 * their right. Closing a room ends its call without an event of its own, because nothing follows the closing.
 */
@ApplicationScoped
class CallProjection implements Projection {

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        for (RoomEvent event : events) {
            switch (event.change()) {
                case CallChange.Started started -> CallRows.start(em, started.call(), event.room(), event.by(), event.at());
                case CallChange.Ended ended -> CallRows.delete(em, event.room());
                case RoomChange.Closed closed -> CallRows.delete(em, event.room());
                case MemberChange change when CallRules.ends(change) ->
                        CallRows.removePerson(em, event.room(), change.user(), event.at());
                default -> { }
            }
        }
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        // Calls have no messages.
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        // Calls have no messages.
    }
}
