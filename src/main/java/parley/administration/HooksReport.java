package parley.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.sql.Statements;

/** The hooks of all rooms. Each call waits for the database. */
@ApplicationScoped
public class HooksReport {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** For the container. */
    protected HooksReport() {
    }

    /** On a connection of a test. */
    HooksReport(EntityManager em) {
        this.em = em;
    }

    /**
     * A hook that gets events.
     *
     * @param kind {@code webhook} or {@code jms}
     * @param url empty for JMS
     * @param behind how many events of the room it has not been given yet
     * @param failures in a row
     * @param disabledWhy why it is disabled, if it is
     */
    public record Outgoing(String id, String room, String roomName, String kind, Optional<String> url, String by, Instant created,
                           long behind, int failures, Optional<String> disabledWhy) {}

    /** A hook that posts. */
    public record Incoming(String id, String room, String roomName, String name, String by, Instant created, boolean signed) {}

    /** Up to {@code limit} hooks that get events, by id, after an id (empty for the first page). */
    @Transactional
    public List<Outgoing> outgoing(String after, int limit) {
        return Statements.query(em, row -> new Outgoing(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                Optional.ofNullable(row.getString(5)), row.getString(6), Instant.ofEpochMilli(row.getLong(7)),
                Math.max(0, row.getLong(8)), row.getInt(9), Optional.ofNullable(row.getString(10))), """
                select o.id, o.room, r.name, o.kind, w.url, o.created_by, o.created_at, r.head - o.log_offset, o.failures,
                case when o.disabled_at is null then null else coalesce(o.disabled_why, '') end
                from outlet o join room r on r.id = o.room left join webhook w on w.id = o.id
                where o.id > ? order by o.id limit\s""" + limit, after);
    }

    /** Up to {@code limit} hooks that post, by id, after an id (empty for the first page). */
    @Transactional
    public List<Incoming> incoming(String after, int limit) {
        return Statements.query(em, row -> new Incoming(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                row.getString(5), Instant.ofEpochMilli(row.getLong(6)), row.getBoolean(7)), """
                select h.id, h.room, r.name, h.name, h.created_by, h.created_at, h.secret is not null
                from incoming_hook h join room r on r.id = h.room where h.id > ? order by h.id limit\s""" + limit, after);
    }
}
