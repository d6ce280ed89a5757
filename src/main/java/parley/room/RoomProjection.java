package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import parley.protocol.Change;
import parley.protocol.RoomEvent;

/** Keeps {@code room}, {@code room_name} and {@code membership} as the log says. */
@ApplicationScoped
class RoomProjection implements Projection {

    @Override
    public void project(RoomEvent event, EntityManager em) {
        switch (event.change()) {
            case Change.RoomUpdated updated -> {
                em.find(Room.class, event.room()).update(updated.profile());
                RoomName.keep(em, event.room(), updated.profile());
            }
            case Change.MemberJoined joined -> em.persist(new Membership(event.room(),
                    new Member(joined.user(), joined.role(), event.offset())));
            case Change.MemberLeft left ->
                em.remove(em.find(Membership.class, new Membership.Key(event.room(), left.user().id())));
            case Change.MessagePosted posted -> { }
        }
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        // What is said in a room leaves nothing here.
    }

    // The room's own row stays: it is the head of the log, and the first event says the rest of it anew.
    @Override
    public void clear(String room, EntityManager em) {
        em.createQuery("delete from Membership m where m.room = :room").setParameter("room", room).executeUpdate();
    }
}
