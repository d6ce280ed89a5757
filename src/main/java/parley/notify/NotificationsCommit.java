package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import parley.reading.PersonInRoom;
import parley.sql.Statements;

/** The transactions that change stored notifications. */
@ApplicationScoped
class NotificationsCommit {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private PushRows pushes;

    /** Marks the unread notifications of a person up to an id as read. Returns whether there were any. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean read(String person, long upTo) {
        List<NotificationRows.Removed> read = NotificationRows.lock(em, "person = ? and not seen and id <= ?", person, upTo);
        mark(read);
        return !read.isEmpty();
    }

    /** Marks the unread notifications of messages that people have read, up to an offset of each room. Returns those. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<NotificationRows.Removed> read(Map<PersonInRoom, Long> markers) {
        List<Map.Entry<PersonInRoom, Long>> entries = List.copyOf(markers.entrySet());
        Long[] ids = Statements.query(em, row -> row.getLong(1), """
                select n.id
                from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as bigint array)) as w(person, room, upto)
                join notification n on n.person = w.person and n.room = w.room and n.log_offset <= w.upto and not n.seen""",
                entries.stream().map(entry -> entry.getKey().user()).toArray(String[]::new),
                entries.stream().map(entry -> entry.getKey().room()).toArray(String[]::new),
                entries.stream().map(Map.Entry::getValue).toArray(Long[]::new)).toArray(Long[]::new);
        List<NotificationRows.Removed> read = NotificationRows.lock(em, "id = any(?) and not seen", (Object) ids);
        mark(read);
        return read;
    }

    private void mark(List<NotificationRows.Removed> read) {
        if (!read.isEmpty()) {
            Long[] ids = NotificationRows.ids(read);
            Statements.update(em, "update notification set seen = true where id = any(?)", (Object) ids);
            PushRows.removeJobs(em, "notification = any(?)", (Object) ids);
            pushes.withdraw(NotificationRows.pushed(read), Instant.now());
        }
    }

    /** Removes notifications from before a time, at most {@code most}. Returns their number. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    int forgetOld(Instant before, int most) {
        return NotificationRows.remove(em, "id in (select id from notification where happened_at < ? limit " + most + ")",
                before.toEpochMilli()).size();
    }

    /** The people with more notifications than this. */
    @Transactional
    List<String> crowded(int most) {
        return Statements.query(em, row -> row.getString(1), "select person from notification group by person having count(*) > ?", most);
    }

    /** Removes all but the newest notifications of a person. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void forgetAllBut(String person, int kept) {
        NotificationRows.remove(em, "person = ? and id <= (select id from notification where person = ?"
                + " order by id desc offset " + kept + " rows fetch next 1 rows only)", person, person);
    }
}
