package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.sql.Statements;

/** Keeps table {@code notified}: up to which offset each room's log was searched. Calls wait for the database. */
@ApplicationScoped
class Positions {

    private static final int AT_ONCE = 10_000;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** A part of a log that holds nothing to notify anyone of: after {@code from}, up to {@code to}. */
    record Passed(long from, long to) {}

    /** Which of these rooms have no position yet. */
    @Transactional
    Set<String> missing(Collection<String> rooms) {
        Set<String> missing = new HashSet<>(rooms);
        missing.removeAll(Statements.query(em, row -> row.getString(1), "select room from notified where room = any(?)",
                (Object) rooms.toArray(String[]::new)));
        return missing;
    }

    /** Gives a room its first position. Throws if it has one. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void create(String room) {
        Statements.update(em, "insert into notified (room, up_to) values (?, 0)", room);
    }

    /** Locks the positions of these rooms that no other transaction has locked, until the running transaction ends. */
    Map<String, Long> lock(Collection<String> rooms) {
        Map<String, Long> locked = new HashMap<>();
        Statements.query(em, row -> locked.put(row.getString(1), row.getLong(2)),
                "select room, up_to from notified where room = any(?) order by room for update skip locked",
                (Object) rooms.toArray(String[]::new));
        return locked;
    }

    /** Moves a locked position. */
    void move(String room, long upTo) {
        Statements.update(em, "update notified set up_to = ? where room = ?", upTo, room);
    }

    /** Moves positions past parts of logs that notify nobody. A position before its part stays: what is between was not searched. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void pass(Map<String, Passed> passed) {
        // In the order of the ids, as every transaction that locks several.
        passed.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(part -> Statements.update(em,
                "update notified set up_to = ? where room = ? and up_to >= ? and up_to < ?",
                part.getValue().to(), part.getKey(), part.getValue().from(), part.getValue().to()));
    }

    /** The positions of rooms that are behind their heads. */
    @Transactional
    Map<String, Long> behind() {
        Map<String, Long> behind = new LinkedHashMap<>();
        Statements.query(em, row -> behind.put(row.getString(1), row.getLong(2)), """
                select r.id, coalesce(n.up_to, 0) from room r left join notified n on n.room = r.id
                where r.head > coalesce(n.up_to, 0) order by r.id limit\s""" + AT_ONCE);
        return behind;
    }

    /** Gives these rooms a position if they have none. If another instance does it at the same time, its row counts. */
    static void createMissing(Positions positions, Collection<String> rooms) {
        for (String room : positions.missing(rooms)) {
            try {
                positions.create(room);
            } catch (PersistenceException madeMeanwhile) {
                if (!positions.missing(List.of(room)).isEmpty()) {
                    throw madeMeanwhile;
                }
            }
        }
    }
}
