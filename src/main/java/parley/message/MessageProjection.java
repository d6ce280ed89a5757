package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Stream;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;

/** Keeps {@code message} as the log says. */
@ApplicationScoped
class MessageProjection implements Projection {

    @Override
    public void project(List<RoomEvent> events, EntityManager em) {
        StoredMessage.store(em, events.stream().flatMap(MessageProjection::posted).toList());
    }

    private static Stream<StoredMessage> posted(RoomEvent event) {
        return event.change() instanceof MessageChange.Posted posted ? Stream.of(new StoredMessage(event, posted)) : Stream.empty();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        em.createQuery("delete from StoredMessage m where m.room = :room and m.offset <= :upTo")
                .setParameter("room", room).setParameter("upTo", upTo).executeUpdate();
    }

    @Override
    public void clear(String room, EntityManager em) {
        em.createQuery("delete from StoredMessage m where m.room = :room").setParameter("room", room).executeUpdate();
    }
}
