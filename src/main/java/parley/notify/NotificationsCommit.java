package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import parley.sql.Statements;

/** The transactions that change stored notifications. */
@ApplicationScoped
class NotificationsCommit {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private PushRows pushes;

    /**
     * Marks those unread notifications of a person as read that fulfil an SQL condition, and withdraws them from the person's browsers.
     * Returns their ids.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Long> read(String person, String condition, Object... arguments) {
        Object[] all = Stream.concat(Stream.of(person), Stream.of(arguments)).toArray();
        List<NotificationRows.Removed> read = Statements.query(em,
                row -> new NotificationRows.Removed(row.getLong(1), person, row.getBoolean(2)),
                "select id, pushed from notification where person = ? and not seen and " + condition + " order by id for update", all);
        if (!read.isEmpty()) {
            Long[] ids = read.stream().map(NotificationRows.Removed::id).toArray(Long[]::new);
            Statements.update(em, "update notification set seen = true where id = any(?)", (Object) ids);
            Statements.update(em, "delete from push_job where notification = any(?)", (Object) ids);
            pushes.withdraw(NotificationRows.pushed(read), Instant.now());
        }
        return read.stream().map(NotificationRows.Removed::id).toList();
    }

    /** Removes notifications from before a time, at most {@code most}. Returns their number. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    int forgetOld(Instant before, int most) {
        return Statements.update(em, "delete from notification where id in (select id from notification where happened_at < ? limit "
                + most + ")", before.toEpochMilli());
    }

    /** The people with more notifications than this. */
    @Transactional
    List<String> crowded(int most) {
        return Statements.query(em, row -> row.getString(1), "select person from notification group by person having count(*) > ?", most);
    }

    /** Removes all but the newest notifications of a person. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void forgetAllBut(String person, int kept) {
        Statements.update(em, "delete from notification where person = ? and id <= (select id from notification where person = ?"
                + " order by id desc offset " + kept + " rows fetch next 1 rows only)", person, person);
    }
}
