package parley.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was done, as the database keeps it. Each call waits for it; not for a thread that serves sockets. */
@ApplicationScoped
public class AuditLog {

    /** Rows that one transaction removes at most, so that nobody waits for it. */
    public static final int MOST_FORGOTTEN = 5_000;

    // Greater than every id: they are hexadecimal digits.
    private static final String NEWEST = "g";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** An audit event with its place in the log. */
    public record Entry(String id, AuditEvent event) {}

    /** A filter: all events, those of one user, or those of one room. */
    public record Question(Optional<String> actor, Optional<String> room) {}

    /** Writes all of these events or none; throws if the database refuses. */
    @Transactional
    public void write(List<AuditEvent> events) {
        events.forEach(event -> em.persist(new AuditRow(event)));
        // A refusal at commit would make the server log a stack trace.
        em.flush();
    }

    /** Up to {@code limit} events before a place, newest first; an empty place means the first page. */
    @Transactional
    public List<Entry> page(Question question, String before, int limit) {
        List<String> conditions = new ArrayList<>(List.of("e.id < :before"));
        question.actor().ifPresent(actor -> conditions.add("e.actor = :actor"));
        question.room().ifPresent(room -> conditions.add("e.room = :room"));
        TypedQuery<AuditRow> query = em.createQuery("select e from AuditRow e where " + String.join(" and ", conditions)
                + " order by e.id desc", AuditRow.class).setParameter("before", before.isEmpty() ? NEWEST : before);
        question.actor().ifPresent(actor -> query.setParameter("actor", actor));
        question.room().ifPresent(room -> query.setParameter("room", room));
        return query.setMaxResults(limit).getResultStream().map(entry -> new Entry(entry.id(), entry.event())).toList();
    }

    /** Removes the oldest rows before a time. Returns how many; {@link #MOST_FORGOTTEN} means that there may be more. */
    @Transactional
    public int forget(Instant before) {
        List<String> old = em.createQuery("select e.id from AuditRow e where e.id < :first order by e.id", String.class)
                .setParameter("first", AuditRow.first(before.toEpochMilli())).setMaxResults(MOST_FORGOTTEN).getResultList();
        return old.isEmpty() ? 0 : em.createQuery("delete from AuditRow e where e.id <= :last").setParameter("last", old.getLast())
                .executeUpdate();
    }
}
