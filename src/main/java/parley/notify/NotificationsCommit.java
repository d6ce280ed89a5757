package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import parley.sql.Statements;

/** The transactions that change stored notifications. */
@ApplicationScoped
class NotificationsCommit {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Marks those notifications of a person as read that fulfil an SQL condition. Returns whether any were unread. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean read(String person, String condition, Object argument) {
        return Statements.update(em, "update notification set seen = true where person = ? and not seen and " + condition,
                person, argument) > 0;
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
