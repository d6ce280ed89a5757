package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.Problem;
import parley.sql.Statements;

/** The table of people whose access ended. Each call waits for the database. */
@ApplicationScoped
class AccessList {

    /** The most people in it. Every instance keeps all of them in memory. */
    static final int MOST = 100_000;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** The position of the last change of this list. */
    @Transactional
    long head() {
        return PersonHead.ACCESS.position(em);
    }

    @Transactional
    Set<String> all() {
        return Set.copyOf(Statements.query(em, row -> row.getString(1), "select user_id from access_ended"));
    }

    @Transactional
    Optional<Problem> set(String user, boolean allowed, String by, String address) {
        // The lock of the head decides between two administrators.
        PersonHead.ACCESS.next(em);
        Optional<String> endedBy = Statements.query(em, row -> row.getString(1), "select ended_by from access_ended where user_id = ?",
                user).stream().findFirst();
        // What the directory ended, an administrator can end too. Then the directory does not give it back.
        boolean takesOver = !allowed && !by.equals(Access.DIRECTORY) && endedBy.filter(Access.DIRECTORY::equals).isPresent();
        if (endedBy.isPresent() != allowed && !takesOver) {
            return Optional.empty();
        }
        if (!allowed && !takesOver && size() >= MOST) {
            return Optional.of(Problem.conflict("The access of " + MOST + " people has ended. Allow someone again first."));
        }
        Instant now = Instant.now();
        audit.write(List.of(new AuditEvent(now, "person.access", by, user, null, address, "allowed=" + allowed, 1)));
        if (allowed) {
            Statements.update(em, "delete from access_ended where user_id = ?", user);
        } else if (takesOver) {
            Statements.update(em, "update access_ended set ended_by = ? where user_id = ?", by, user);
        } else {
            Statements.update(em, "insert into access_ended (user_id, ended_at, ended_by) values (?, ?, ?)", user, now.toEpochMilli(), by);
        }
        return Optional.empty();
    }

    @Transactional
    boolean has(String user) {
        return Statements.finds(em, "select 1 from access_ended where user_id = ?", user);
    }

    /** Puts a mark in the place of a person's id. */
    @Transactional
    void replace(String user, String mark, String by) {
        PersonHead.ACCESS.next(em);
        Statements.update(em, "delete from access_ended where user_id in (?, ?)", user, mark);
        Statements.update(em, "insert into access_ended (user_id, ended_at, ended_by) values (?, ?, ?)", mark,
                Instant.now().toEpochMilli(), by);
    }

    /** Whether this one ended the access of a person. */
    @Transactional
    boolean isEndedBy(String user, String by) {
        return Statements.finds(em, "select 1 from access_ended where user_id = ? and ended_by = ?", user, by);
    }

    private long size() {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from access_ended").getFirst();
    }
}
