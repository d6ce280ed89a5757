package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Role;
import parley.protocol.RoomEvent;

/** Keeps {@code room}, {@code room_name}, {@code membership} and {@code restriction} as the log says. */
@ApplicationScoped
class RoomProjection implements Projection {

    @Override
    public void project(List<RoomEvent> events, EntityManager em) {
        events.forEach(event -> project(event, em));
    }

    private static void project(RoomEvent event, EntityManager em) {
        switch (event.change()) {
            case Change.RoomUpdated updated -> {
                em.find(Room.class, event.room()).update(updated.profile());
                RoomName.keep(em, event.room(), updated.profile());
            }
            case Change.MemberJoined joined -> em.persist(new Membership(event.room(),
                    new Member(joined.user(), joined.role(), event.offset())));
            case Change.MemberLeft left ->
                remove(em.find(Membership.class, new Membership.Key(event.room(), left.user().id())), em);
            case Change.MemberRole changed -> changeRole(event.room(), changed, em);
            case Change.MemberMuted muted -> { }
            case Change.MemberUnmuted unmuted -> { }
            case Change.RoomClosed closed -> em.find(Room.class, event.room()).close(event.at());
            case Change.MessagePosted posted -> { }
        }
        Restriction.concerned(event.change()).ifPresent(user -> restrain(event, user.id(), em));
    }

    private static void changeRole(String room, Change.MemberRole changed, EntityManager em) {
        Membership membership = em.find(Membership.class, new Membership.Key(room, changed.user().id()));
        if (membership != null && changed.role() == Role.BANNED) {
            remove(membership, em);
        } else if (membership != null) {
            membership.become(changed.role());
        }
    }

    private static void restrain(RoomEvent event, String user, EntityManager em) {
        RestrictionRow row = em.find(RestrictionRow.class, new Membership.Key(event.room(), user));
        Restriction before = row == null ? null : row.restriction();
        Restriction after = Restriction.after(Optional.ofNullable(before), event.change()).orElse(null);
        if (after == null && row != null) {
            remove(row, em);
        } else if (after != null && row != null) {
            row.become(after);
        } else if (after != null) {
            em.persist(new RestrictionRow(event.room(), after));
        }
    }

    // At once: whoever comes back in the same transaction would be inserted before the row of before is deleted.
    private static void remove(Object row, EntityManager em) {
        em.remove(row);
        em.flush();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        // What is said in a room leaves nothing here.
    }

    // The room's own row stays: it is the head of the log, and the first event says the rest of it anew.
    @Override
    public void clear(String room, EntityManager em) {
        em.find(Room.class, room).reopen();
        em.createQuery("delete from RestrictionRow r where r.room = :room").setParameter("room", room).executeUpdate();
        em.createQuery("delete from Membership m where m.room = :room").setParameter("room", room).executeUpdate();
    }
}
