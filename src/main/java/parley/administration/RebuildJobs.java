package parley.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.lease.Job;
import parley.lease.JobKind;
import parley.sql.Statements;

/** Rebuilds that run, in the list of jobs. */
@ApplicationScoped
class RebuildJobs implements JobKind {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** For the container. */
    protected RebuildJobs() {
    }

    /** On a connection of a test. */
    RebuildJobs(EntityManager em) {
        this.em = em;
    }

    @Override
    public String name() {
        return "rebuild";
    }

    @Override
    @Transactional
    public List<Job> latest(int limit) {
        return Statements.query(em, row -> new Job(name(), row.getString(1), row.getString(1), Optional.empty(),
                Instant.ofEpochMilli(row.getLong(2)), "running", Optional.empty(), Optional.empty(), Optional.empty(), 0, 0,
                Optional.empty(), false), "select room, touched_at from rebuild order by touched_at desc limit " + limit);
    }

    @Override
    public boolean cancel(String id, String by, String address) {
        return false;
    }
}
