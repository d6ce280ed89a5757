package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Restores {@code room}, {@code room_name}, {@code membership} and {@code restraint} of a room. */
@ApplicationScoped
public class RoomTables {

    /**
     * Makes the rows of a room equal to its view, in the running transaction, which holds the lock on its head. Writes only what differs.
     *
     * @param closedAt when the room was closed, if it is
     */
    public void restore(RoomView view, Optional<Instant> closedAt, EntityManager em) {
        Room row = em.find(Room.class, view.id());
        row.update(view.profile());
        closedAt.ifPresentOrElse(row::close, row::reopen);
        RoomName.keep(em, view.id(), view.profile());
        restoreMembers(view, em);
        restoreRestrictions(view, em);
    }

    private static void restoreMembers(RoomView view, EntityManager em) {
        Set<Member> kept = new HashSet<>();
        for (Membership row : em.createQuery("select m from Membership m where m.room = :room", Membership.class)
                .setParameter("room", view.id()).getResultList()) {
            if (view.member(row.member().user().id()).filter(row.member()::equals).isPresent()) {
                kept.add(row.member());
            } else {
                em.remove(row);
            }
        }
        // The rows that differ are deleted before they are inserted again.
        em.flush();
        view.members().byId().values().stream().filter(member -> !kept.contains(member))
                .forEach(member -> em.persist(new Membership(view.id(), member)));
    }

    private static void restoreRestrictions(RoomView view, EntityManager em) {
        Set<Restriction> kept = new HashSet<>();
        for (RestrictionRow row : em.createQuery("select r from RestrictionRow r where r.room = :room", RestrictionRow.class)
                .setParameter("room", view.id()).getResultList()) {
            Restriction stored = row.restriction();
            if (stored.equals(view.restrictions().get(stored.user().id()))) {
                kept.add(stored);
            } else {
                em.remove(row);
            }
        }
        em.flush();
        view.restrictions().values().stream().filter(restriction -> !kept.contains(restriction))
                .forEach(restriction -> em.persist(new RestrictionRow(view.id(), restriction)));
    }
}
