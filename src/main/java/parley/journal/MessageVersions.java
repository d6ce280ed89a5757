package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;

/** Keeps {@code message_version}: where the log has the later texts of a message. A deleted message has none. */
@ApplicationScoped
class MessageVersions implements Projection {

    private static final Rows<RoomEvent> ROWS = Rows.<RoomEvent>of("message_version").text("room", RoomEvent::room)
            .number("message_offset", event -> ((MessageChange.Edited) event.change()).message())
            .number("log_offset", RoomEvent::offset);

    @Override
    public void project(List<RoomEvent> events, EntityManager em) {
        List<RoomEvent> edits = new ArrayList<>();
        for (RoomEvent event : events) {
            if (event.change() instanceof MessageChange.Edited edited && !edited.deleted()) {
                edits.add(event);
            } else if (event.change() instanceof MessageChange.Deleted deleted) {
                em.createNativeQuery("delete from message_version where room = ?1 and message_offset = ?2")
                        .setParameter(1, event.room()).setParameter(2, deleted.message()).executeUpdate();
            }
        }
        ROWS.insert(em, edits);
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        em.createNativeQuery("delete from message_version where room = ?1 and message_offset <= ?2")
                .setParameter(1, room).setParameter(2, upTo).executeUpdate();
    }

    @Override
    public void clear(String room, EntityManager em) {
        em.createNativeQuery("delete from message_version where room = ?1").setParameter(1, room).executeUpdate();
    }

    /** The offsets of the later texts of a message, in order. */
    List<Long> of(String room, long message, EntityManager em) {
        return offsets("message_offset = ?2", room, message, em);
    }

    /** The offsets after {@code upTo} of later texts of messages up to it. */
    List<Long> after(String room, long upTo, EntityManager em) {
        return offsets("message_offset <= ?2 and log_offset > ?2", room, upTo, em);
    }

    private static List<Long> offsets(String condition, String room, long offset, EntityManager em) {
        List<?> found = em.createNativeQuery("select log_offset from message_version where room = ?1 and " + condition
                + " order by log_offset").setParameter(1, room).setParameter(2, offset).getResultList();
        return found.stream().map(number -> ((Number) number).longValue()).toList();
    }
}
