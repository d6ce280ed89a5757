package parley.lease;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parley.settings.Settings;
import parley.sql.Statements;

/** Takes leases for this instance. Safe for every thread. Calls wait for the database. */
@ApplicationScoped
public class Leases {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Settings settings;

    /** The threads that took leases last. */
    final Map<Task, Thread> takers = new ConcurrentHashMap<>();

    /**
     * Takes or extends the lease of a task. Returns false if another instance has it.
     *
     * @param lease how long no other instance gets the task: longer than the time to the next call
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public boolean take(Task task, Duration lease) {
        takers.put(task, Thread.currentThread());
        return take(task, settings.instance().name(), Instant.now(), lease);
    }

    // In the running transaction.
    boolean take(Task task, String node, Instant now, Duration lease) {
        return Statements.update(em, "update lease set node = ?, ends_at = ? where task = ? and (node = ? or ends_at <= ?)", node,
                now.plus(lease).toEpochMilli(), task.title(), node, now.toEpochMilli()) == 1;
    }

    /**
     * Ends the leases of this instance, so that another one takes the tasks at once. Tasks whose threads still run keep theirs: no other
     * instance may do the same beside them.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void release() {
        release(settings.instance().name());
    }

    // In the running transaction.
    void release(String node) {
        String[] running = takers.entrySet().stream().filter(taker -> taker.getValue().isAlive()).map(taker -> taker.getKey().title())
                .toArray(String[]::new);
        Statements.update(em, "update lease set ends_at = 0 where node = ? and not (task = any(?))", node, running);
    }
}
