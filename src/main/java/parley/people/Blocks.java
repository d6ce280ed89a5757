package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.sql.Statements;

/** Who doesn't want messages of whom. Each call waits for the database; not for a thread that serves sockets. */
@ApplicationScoped
public class Blocks {

    /** The most people that one person blocks. */
    public static final int MOST = 1_000;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** Whether {@code by} has blocked {@code user}. */
    @Transactional
    public boolean blocked(String by, String user) {
        return Statements.finds(em, "select 1 from person_block where user_id = ? and blocked = ?", by, user);
    }

    /** The people whom this person has blocked, by id, with today's names. */
    @Transactional
    public List<User> of(String by) {
        return Statements.query(em, row -> new User(row.getString(1), row.getString(2)), """
                select b.blocked, coalesce(p.name, b.blocked) from person_block b left join person p on p.id = b.blocked
                where b.user_id = ? order by b.blocked""", by);
    }

    /**
     * Blocks a person, or returns why not. Repeating it changes nothing.
     *
     * @param address of the request, for the audit
     */
    @Transactional
    public Optional<Problem> block(String by, String user, String address) {
        Turns.take(by, em);
        if (blocked(by, user)) {
            return Optional.empty();
        }
        long count = Statements.query(em, row -> row.getLong(1), "select count(*) from person_block where user_id = ?", by).getFirst();
        if (count >= MOST) {
            return Optional.of(Problem.conflict("You block the maximum number of people."));
        }
        Instant now = Instant.now();
        audit.write(List.of(new AuditEvent(now, "person.blocked", by, user, null, address, null, 1)));
        Statements.update(em, "insert into person_block (user_id, blocked, blocked_at) values (?, ?, ?)", by, user, now.toEpochMilli());
        return Optional.empty();
    }

    /** Ends a block. Changes nothing if there is none. */
    @Transactional
    public void unblock(String by, String user, String address) {
        if (Statements.update(em, "delete from person_block where user_id = ? and blocked = ?", by, user) > 0) {
            audit.write(List.of(new AuditEvent(Instant.now(), "person.unblocked", by, user, null, address, null, 1)));
        }
    }
}
