package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import parley.protocol.Position;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.settings.Settings;
import parley.sql.Statements;

/** Reading rooms from the database. Each call waits for it; not for a thread that serves sockets. */
@ApplicationScoped
public class Rooms {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Settings settings;

    /** The view of a room at its head, if there is such a room. */
    @Transactional
    public Optional<RoomView> view(String room) {
        // The row is read before the memberships: what happens in between is in the fold twice, which changes nothing.
        Room row = em.find(Room.class, room);
        if (row == null) {
            return Optional.empty();
        }
        Members members = Members.NONE;
        for (Membership membership : em.createQuery("select m from Membership m where m.room = :room", Membership.class)
                .setParameter("room", room).getResultList()) {
            members = members.with(membership.member());
        }
        PSortedMap<String, Restriction> restrictions = TreePMap.empty();
        for (RestrictionRow restricted : em.createQuery("select r from RestrictionRow r where r.room = :room", RestrictionRow.class)
                .setParameter("room", room).getResultList()) {
            restrictions = restrictions.plus(restricted.restriction().user().id(), restricted.restriction());
        }
        return Optional.of(new RoomView(row.id(), row.epoch(), row.head(), row.profile(), members, restrictions, row.isClosed(),
                row.call()));
    }

    /**
     * Up to {@code limit} rooms that a user may see now, ordered by id, after an id (empty for the first page).
     *
     * @param text a part of the name, in any case; empty for all rooms
     */
    @Transactional
    public List<RoomSummary> visibleTo(String user, String text, String after, int limit, Instant now) {
        // Along an index each: a condition over both kinds of rooms would read every room that the user may not see.
        List<String> ids = new ArrayList<>(open(user, after, limit, text, now));
        ids.addAll(own(user, after, limit, text));
        if (ids.isEmpty()) {
            return List.of();
        }
        return em.createQuery("""
                        select r, m from Room r left join Membership m on m.room = r.id and m.user = :user
                        where r.id in :ids order by r.id""", Object[].class)
                .setParameter("user", user).setParameter("ids", ids).setMaxResults(limit)
                .getResultStream().map(row -> summary((Room) row[0], (Membership) row[1])).toList();
    }

    private List<String> open(String user, String after, int limit, String text, Instant now) {
        return em.createQuery("""
                        select r.id from Room r where r.kind = 'public' and r.id > :after and r.closed is null
                        and (:text = '%%' or lower(r.name) like lower(:text) escape '!')
                        and (exists (select m.user from Membership m where m.room = r.id and m.user = :user) or not exists (
                            select b.user from RestrictionRow b where b.room = r.id and b.user = :user and b.kind = 'banned'
                            and (b.until is null or b.until > :now))) order by r.id""", String.class)
                .setParameter("user", user).setParameter("after", after).setParameter("text", "%" + literal(text) + "%")
                .setParameter("now", now.toEpochMilli()).setMaxResults(limit).getResultList();
    }

    private List<String> own(String user, String after, int limit, String text) {
        return em.createQuery("""
                        select r.id from Membership m join Room r on r.id = m.room
                        where m.user = :user and m.room > :after and r.kind <> 'public' and r.closed is null
                        and (:text = '%%' or lower(r.name) like lower(:text) escape '!') order by m.room""", String.class)
                .setParameter("user", user).setParameter("after", after).setParameter("text", "%" + literal(text) + "%")
                .setMaxResults(limit).getResultList();
    }

    /**
     * The rooms that a user may read now: first those that the user is in, then public rooms, by id.
     *
     * @param most how many of each; there may be more
     */
    @Transactional
    public List<String> readableBy(String user, int most, Instant now) {
        Set<String> rooms = new LinkedHashSet<>(em.createQuery("""
                        select r.id from Membership m join Room r on r.id = m.room where m.user = :user and r.closed is null
                        order by m.room""", String.class).setParameter("user", user).setMaxResults(most).getResultList());
        rooms.addAll(open(user, "", most, "", now));
        return List.copyOf(rooms);
    }

    /** Where the logs of those of these rooms stand that are not closed. */
    @Transactional
    public Map<String, Position> openPositions(Collection<String> ids) {
        Map<String, Position> positions = new HashMap<>();
        Statements.query(em, row -> positions.put(row.getString(1), new Position(row.getString(2), row.getLong(3))),
                "select id, epoch, head from room where id = any(?) and closed_at is null", (Object) ids.toArray(String[]::new));
        return positions;
    }

    /** Up to {@code limit} rooms that are not closed, by id, after an id (empty for the first page): where their logs stand. */
    @Transactional
    public Map<String, Position> openPositions(String after, int limit) {
        Map<String, Position> positions = new LinkedHashMap<>();
        Statements.query(em, row -> positions.put(row.getString(1), new Position(row.getString(2), row.getLong(3))),
                "select id, epoch, head from room where id > ? and closed_at is null order by id limit " + limit, after);
        return positions;
    }

    // What stands for other characters in a pattern stands for itself.
    private static String literal(String text) {
        return text.replaceAll("[!%_]", "!$0");
    }

    /** Where the logs of these rooms stand; a room that doesn't exist is left out. */
    @Transactional
    public Map<String, Position> positions(Collection<String> ids) {
        Map<String, Position> positions = new HashMap<>();
        Statements.query(em, row -> positions.put(row.getString(1), new Position(row.getString(2), row.getLong(3))),
                "select id, epoch, head from room where id = any(?)", (Object) ids.toArray(String[]::new));
        return positions;
    }

    /** Up to {@code limit} ids of all rooms, in order, after an id (empty for the first page). */
    @Transactional
    public List<String> ids(String after, int limit) {
        return em.createQuery("select r.id from Room r where r.id > :after order by r.id", String.class)
                .setParameter("after", after).setMaxResults(limit).getResultList();
    }

    /**
     * Up to {@code limit} rooms that do not keep everything, by id, after an id (empty for the first page): the retention that is in force
     * within the limits of the installation.
     */
    @Transactional
    public Map<String, Retention> forgetful(String after, int limit) {
        Map<String, Retention> retentions = new LinkedHashMap<>();
        RetentionLimits limits = RetentionLimits.of(settings.retention().kept());
        Statements.RowReader<Retention> reader =
                row -> retentions.put(row.getString(1), limits.within(Retention.of(row.getString(2)).orElseThrow()));
        if (limits.endsAll()) {
            Statements.query(em, reader, "select id, retention from room where id > ? order by id limit " + limit, after);
        } else {
            // An index can find smaller and greater values, but not unequal ones.
            Statements.query(em, reader,
                    "select id, retention from room where (retention < ? or retention > ?) and id > ? order by id limit " + limit,
                    Retention.FOREVER.wire(), Retention.FOREVER.wire(), after);
        }
        return retentions;
    }

    /** Up to {@code limit} ids of open rooms that store no messages, in order, after an id (empty for the first page). */
    @Transactional
    public List<String> storingNothing(String after, int limit) {
        return Statements.query(em, row -> row.getString(1), "select id from room where retention = ? and closed_at is null and id > ? "
                + "order by id limit " + limit, Retention.NONE.wire(), after);
    }

    /** Up to {@code limit} ids of the rooms that a user is a member of. */
    @Transactional
    public List<String> of(String user, int limit) {
        return em.createQuery("select m.room from Membership m where m.user = :user", String.class)
                .setParameter("user", user).setMaxResults(limit).getResultList();
    }

    /** Up to {@code limit} members of a room, by user id, after an id (empty for the first page). */
    @Transactional
    public List<Member> members(String room, String after, int limit) {
        return em.createQuery("select m from Membership m where m.room = :room and m.user > :after order by m.user",
                        Membership.class)
                .setParameter("room", room).setParameter("after", after).setMaxResults(limit)
                .getResultStream().map(Membership::member).toList();
    }

    /** Whether another public room has a name that looks like this one. */
    @Transactional
    public boolean isNameTaken(String room, String name) {
        return RoomName.isTaken(em, room, name);
    }

    private static RoomSummary summary(Room room, Membership membership) {
        return new RoomSummary(room.id(), room.profile(), new Position(room.epoch(), room.head()),
                membership == null ? Role.NONE : membership.member().role());
    }
}
