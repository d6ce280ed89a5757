package parley.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/**
 * The stored revocations, by position. Positions become visible in order, so reading from a position misses none. Each call waits for
 * the database.
 */
@ApplicationScoped
public class RevocationLog {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Appends these in one transaction, and deletes revocations whose tokens have all expired. */
    @Transactional
    void append(List<Revocation.Target> targets, Instant at, Instant until, String by) {
        RevocationHead head = em.find(RevocationHead.class, RevocationHead.ID, LockModeType.PESSIMISTIC_WRITE);
        em.createQuery("delete from RevocationEntry r where r.keptUntil < :now").setParameter("now", System.currentTimeMillis())
                .executeUpdate();
        targets.forEach(target -> em.persist(new RevocationEntry(new Revocation(head.next(), target, at, until, by))));
        em.flush();
    }

    /** The position of the last revocation ever appended. */
    @Transactional
    long head() {
        return em.find(RevocationHead.class, RevocationHead.ID).position();
    }

    /** Up to {@code limit} stored revocations after a position, by position; 0 for the first page. */
    @Transactional
    public List<Revocation> after(long position, int limit) {
        return em.createQuery("select r from RevocationEntry r where r.logPosition > :position order by r.logPosition",
                RevocationEntry.class)
                .setParameter("position", position).setMaxResults(limit).getResultStream().map(RevocationEntry::revocation).toList();
    }
}
