package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import parley.protocol.Change;
import parley.protocol.RoomEvent;
import parley.room.Projection;

/** Keeps {@code message} as the log says. */
@ApplicationScoped
class MessageProjection implements Projection {

    @Override
    public void project(RoomEvent event, EntityManager em) {
        switch (event.change()) {
            case Change.MessagePosted posted -> em.persist(new StoredMessage(event, posted));
            case Change.MemberJoined joined -> { }
            case Change.MemberLeft left -> { }
            case Change.MemberRole changed -> { }
            case Change.MemberMuted muted -> { }
            case Change.MemberUnmuted unmuted -> { }
            case Change.RoomClosed closed -> { }
            case Change.RoomUpdated updated -> { }
        }
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
