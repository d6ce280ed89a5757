package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.protocol.Unread;
import parley.sql.Statements;

/** Table {@code read_marker}. Each call waits for the database. */
@ApplicationScoped
class MarkerRows {

    // Nobody has read less than what was there before they joined.
    private static final String READ = """
            select greatest(coalesce(k.upto, 0), m.since_offset) from membership m
            left join read_marker k on k.user_id = m.user_id and k.room = m.room where m.room = ? and m.user_id = ?""";
    private static final String READ_MANY = """
            select m.user_id, m.room, greatest(coalesce(k.upto, 0), m.since_offset)
            from unnest(cast(? as varchar array), cast(? as varchar array)) as q(person, room)
            join membership m on m.room = q.room and m.user_id = q.person
            left join read_marker k on k.user_id = m.user_id and k.room = m.room""";
    private static final String READERS = """
            select m.user_id, greatest(coalesce(k.upto, 0), m.since_offset) from membership m
            left join read_marker k on k.user_id = m.user_id and k.room = m.room left join person p on p.id = m.user_id
            where m.room = ? and coalesce(p.receipts, true) order by m.user_id""";
    private static final String STORE = """
            merge into read_marker k using (
                select * from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as bigint array), cast(? as boolean array))
                as q(user_id, room, upto, back)) q on (k.user_id = q.user_id and k.room = q.room)
            when matched and (q.back or q.upto > k.upto) then update set upto = q.upto, changed_at = ?
            when not matched then insert (user_id, room, upto, changed_at) values (q.user_id, q.room, q.upto, ?)""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** How far a member of a room has read; none if the person is no member. */
    @Transactional
    List<Long> read(PersonInRoom key) {
        return Statements.query(em, row -> row.getLong(1), READ, key.room(), key.user());
    }

    /** The same for many; nothing for a person who is no member. */
    @Transactional
    Map<PersonInRoom, Long> read(Collection<PersonInRoom> keys) {
        Map<PersonInRoom, Long> read = new HashMap<>();
        Statements.query(em, row -> read.put(new PersonInRoom(row.getString(1), row.getString(2)), row.getLong(3)), READ_MANY,
                texts(keys.stream().map(PersonInRoom::user).toList()), texts(keys.stream().map(PersonInRoom::room).toList()));
        return read;
    }

    /** How far each member of a room has read who shows it. */
    @Transactional
    List<Unread.Reader> readers(String room) {
        return Statements.query(em, row -> new Unread.Reader(row.getString(1), row.getLong(2)), READERS, room);
    }

    /** Stores these markers. One that is stored further on moves back only if it was moved back. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void store(Collection<Map.Entry<PersonInRoom, ReadMarkers.Moved>> moved) {
        long now = System.currentTimeMillis();
        Statements.update(em, STORE, texts(moved.stream().map(entry -> entry.getKey().user()).toList()),
                texts(moved.stream().map(entry -> entry.getKey().room()).toList()),
                moved.stream().map(entry -> entry.getValue().upto()).toArray(Long[]::new),
                moved.stream().map(entry -> entry.getValue().back()).toArray(Boolean[]::new), now, now);
    }

    private static String[] texts(List<String> texts) {
        return texts.toArray(String[]::new);
    }
}
