package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parley.sql.Statements;

/** The notifications of a person. Each call waits for the database. */
@ApplicationScoped
public class Notifications {

    /** The most notifications that are kept for a person, and for how long. */
    static final int MOST = 1_000;
    static final Duration KEPT = Duration.ofDays(90);
    private static final int FORGOTTEN_AT_ONCE = 5_000;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Announcing announcing;
    @Inject
    private NotificationsCommit commits;

    /** The latest notifications of a person before an id, newest first, at most {@code limit}. */
    @Transactional
    public List<Notification> of(String person, long before, int limit) {
        return Statements.query(em, NotificationRows::read,
                NotificationRows.SELECTED + "where n.person = ? and n.id < ? order by n.id desc limit " + limit, person, before);
    }

    /** How many notifications a person has not read. */
    @Transactional
    public long unread(String person) {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from notification where person = ? and not seen", person)
                .getFirst();
    }

    /** Marks the notifications of a person up to an id as read, on every device. */
    public void read(String person, long upTo) {
        if (commits.read(person, upTo)) {
            announcing.read(person, upTo);
        }
    }

    /** Removes notifications that are too old or too many. Every instance may do it; concurrent removals are harmless. */
    void forget(Instant now) {
        while (commits.forgetOld(now.minus(KEPT), FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE) {
            // The next ones.
        }
        commits.crowded(MOST).forEach(person -> commits.forgetAllBut(person, MOST));
    }
}
