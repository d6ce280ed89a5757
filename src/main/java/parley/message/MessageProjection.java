package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Stream;
import parley.protocol.Change;
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
        return switch (event.change()) {
            case Change.MessagePosted posted -> Stream.of(new StoredMessage(event, posted));
            case Change.MemberJoined joined -> Stream.empty();
            case Change.MemberLeft left -> Stream.empty();
            case Change.MemberRole changed -> Stream.empty();
            case Change.MemberMuted muted -> Stream.empty();
            case Change.MemberUnmuted unmuted -> Stream.empty();
            case Change.RoomClosed closed -> Stream.empty();
            case Change.RoomUpdated updated -> Stream.empty();
        };
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
