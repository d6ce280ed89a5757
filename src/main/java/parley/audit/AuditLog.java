package parley.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What was done, as the database keeps it. Each call waits for it; not for a thread that serves sockets. */
@ApplicationScoped
public class AuditLog {

    /** Rows that one transaction removes at most, so that nobody waits for it. */
    public static final int MOST_FORGOTTEN = 5_000;

    /** The action of reading a page of the audit. */
    public static final String READ = "audit.read";
    /** The action of exporting a part of the audit. */
    public static final String EXPORTED = "audit.exported";

    private static final List<String> READINGS = List.of(READ, EXPORTED);

    // Greater than every id: they are hexadecimal digits.
    private static final String NEWEST = "g";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** An audit event with its place in the log. */
    public record Entry(String id, AuditEvent event) {}

    /**
     * A filter. What is empty does not restrict. Without an action, readings of the audit are left out: they would bury all else.
     *
     * @param actor the user who did it
     * @param subject the user whom it concerns
     * @param from the first time that belongs to it
     * @param until the first time that no longer belongs to it
     */
    public record Question(Optional<String> actor, Optional<String> subject, Optional<String> room, Optional<String> action,
                           Optional<Instant> from, Optional<Instant> until) {

        /** What a user did. */
        public static Question by(String actor) {
            return new Question(Optional.of(actor), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                    Optional.empty());
        }
    }

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
        Map<String, Object> values = new HashMap<>(Map.of("before", before.isEmpty() ? NEWEST : before));
        BiConsumer<String, Object> condition = (text, value) -> {
            conditions.add(text);
            values.put(text.substring(text.indexOf(':') + 1), value);
        };
        question.actor().ifPresent(actor -> condition.accept("e.actor = :actor", actor));
        question.subject().ifPresent(subject -> condition.accept("e.subject = :subject", subject));
        question.room().ifPresent(room -> condition.accept("e.room = :room", room));
        question.from().ifPresent(from -> condition.accept("e.id >= :from", AuditRow.first(from.toEpochMilli())));
        question.until().ifPresent(until -> condition.accept("e.id < :until", AuditRow.first(until.toEpochMilli())));
        question.action().ifPresentOrElse(action -> condition.accept("e.action = :action", action),
                () -> condition.accept("e.action not in :readings", READINGS));
        TypedQuery<AuditRow> query = em.createQuery("select e from AuditRow e where " + String.join(" and ", conditions)
                + " order by e.id desc", AuditRow.class);
        values.forEach(query::setParameter);
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
