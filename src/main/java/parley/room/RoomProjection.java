package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import parley.protocol.CallChange;
import parley.protocol.MemberChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.sql.Rows;
import parley.sql.Slice;

/** Keeps {@code room}, {@code room_name}, {@code membership} and {@code restriction} as the log says. */
@ApplicationScoped
class RoomProjection implements Projection {

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        events.forEach(event -> project(event, em));
    }

    private static void project(RoomEvent event, EntityManager em) {
        if (event.change() instanceof RoomChange change) {
            project(event, change, em);
        } else if (event.change() instanceof MemberChange change) {
            project(event, change, em);
            restrict(event.room(), change, em);
        } else if (event.change() instanceof CallChange change) {
            em.find(Room.class, event.room()).hasCall(
                    change instanceof CallChange.Started ? Optional.of(change.call()) : Optional.empty());
        }
    }

    private static void project(RoomEvent event, RoomChange change, EntityManager em) {
        switch (change) {
            case RoomChange.Updated updated -> {
                em.find(Room.class, event.room()).update(updated.profile());
                RoomName.keep(em, event.room(), updated.profile());
            }
            case RoomChange.Rewritten rewritten -> { }
            case RoomChange.Closed closed -> em.find(Room.class, event.room()).close(event.at());
        }
    }

    private static void project(RoomEvent event, MemberChange change, EntityManager em) {
        switch (change) {
            case MemberChange.Joined joined -> em.persist(new Membership(event.room(),
                    new Member(joined.user(), joined.role(), event.offset())));
            case MemberChange.Left left -> remove(em.find(Membership.class, new Membership.Key(event.room(), left.user().id())), em);
            case MemberChange.RoleChanged changed -> changeRole(event.room(), changed, em);
            case MemberChange.Muted muted -> { }
            case MemberChange.Unmuted unmuted -> { }
        }
    }

    private static void changeRole(String room, MemberChange.RoleChanged changed, EntityManager em) {
        Membership membership = em.find(Membership.class, new Membership.Key(room, changed.user().id()));
        if (membership != null && changed.role() == Role.BANNED) {
            remove(membership, em);
        } else if (membership != null) {
            membership.become(changed.role());
        }
    }

    private static void restrict(String room, MemberChange change, EntityManager em) {
        Optional<RestrictionRow> row = Optional.ofNullable(em.find(RestrictionRow.class, new Membership.Key(room, change.user().id())));
        Optional<Restriction> after = Restriction.after(row.map(RestrictionRow::restriction), change);
        after.ifPresentOrElse(
                held -> row.ifPresentOrElse(there -> there.become(held), () -> em.persist(new RestrictionRow(room, held))),
                () -> row.ifPresent(there -> remove(there, em)));
    }

    // Flush now: if the user joins again in this transaction, the insert would otherwise run before the delete.
    private static void remove(Object row, EntityManager em) {
        em.remove(row);
        em.flush();
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        // Messages leave no rows in these tables.
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        // Messages leave no rows in these tables.
    }
}
