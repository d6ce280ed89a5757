package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import parley.sql.Rows;
import parley.sql.Statements;

/** Reads and writes table {@code connected}. Each call is a transaction. */
@ApplicationScoped
class ConnectedRows {

    /** An instance whose row is older than this is not running: it writes it every second. */
    private static final Duration RUNNING = Duration.ofSeconds(5);

    private record Connected(String person, String node) {}

    private static final Rows<Connected> ROWS = Rows.<Connected>of("connected").text("person", Connected::person)
            .text("node", Connected::node);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Removes all rows of an instance. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void clear(String node) {
        Statements.update(em, "delete from connected where node = ?", node);
    }

    /** Stores who came to an instance and who left it, and forgets those who left before a time. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void change(String node, Set<String> came, Set<String> left, Instant now, Instant forgotten) {
        Statements.update(em, "delete from connected where node = ? and person = any(?)", node, came.toArray(String[]::new));
        ROWS.insert(em, came.stream().map(person -> new Connected(person, node)).toList());
        Statements.update(em, "update connected set left_at = ? where node = ? and person = any(?)", now.toEpochMilli(), node,
                left.toArray(String[]::new));
        Statements.update(em, "delete from connected where node = ? and left_at < ?", node, forgotten.toEpochMilli());
    }

    /** Those of these people who are connected to a running instance, or were after a time. */
    @Transactional
    Set<String> present(Collection<String> people, Instant after, Instant now) {
        return new HashSet<>(Statements.query(em, row -> row.getString(1), """
                select c.person from connected c join instance i on i.node = c.node
                where c.person = any(?) and (c.left_at is null and i.seen_at > ? or c.left_at > ?)""",
                people.toArray(String[]::new), now.minus(RUNNING).toEpochMilli(), after.toEpochMilli()));
    }
}
