package parley.preview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import parley.sql.Statements;

/**
 * The messages whose links wait for previews: table {@code preview_job}. Each call is a transaction of its own and waits for the database,
 * except {@link #isFull}. While {@value #MOST} messages wait, further ones stay without previews.
 */
@ApplicationScoped
class PreviewQueue {

    /** The most messages that wait; a few more, because each instance counts once a second. */
    static final int MOST = 10_000;
    /** A message that waits longer stays without previews. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** A job is not tried more often, because it may crash its instance. */
    static final int MOST_TRIES = 3;
    /** Longer than a job may take. */
    static final Duration LEASE = Duration.ofMinutes(1);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    private volatile boolean full;

    /**
     * A message whose links wait for previews.
     *
     * @param offset of the event with the links
     * @param tries including this one
     */
    record Job(String room, long message, long offset, Instant created, int tries) {

        /** Whether the message has to stay without previews. */
        boolean isTooLate(Instant now) {
            return tries > MOST_TRIES || created.plus(LONGEST_WAIT).isBefore(now);
        }
    }

    /** Whether further messages get no job. Never waits. */
    boolean isFull() {
        return full;
    }

    /** Counts the jobs, at most one more than {@link #MOST}. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    int count() {
        int count = Statements.query(em, row -> row.getInt(1),
                "select count(*) from (select 1 from preview_job limit " + (MOST + 1) + ") counted").getFirst();
        full = count >= MOST;
        return count;
    }

    /** Takes the jobs that have waited longest. No other instance gets them for {@link #LEASE}. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Job> lease(int most, Instant now) {
        List<Job> jobs = Statements.query(em, PreviewQueue::job, "select room, message_offset, log_offset, created_at, tries from "
                + "preview_job where due_at <= ? order by due_at limit " + most + " for update skip locked", now.toEpochMilli());
        for (Job job : jobs) {
            Statements.update(em, "update preview_job set due_at = ?, tries = ? where room = ? and message_offset = ?",
                    now.plus(LEASE).toEpochMilli(), job.tries, job.room, job.message);
        }
        return jobs;
    }

    /** The job is done, unless an edit of the message has replaced it. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void done(Job job) {
        Statements.update(em, "delete from preview_job where room = ? and message_offset = ? and log_offset = ?", job.room, job.message,
                job.offset);
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(row.getString(1), row.getLong(2), row.getLong(3), Instant.ofEpochMilli(row.getLong(4)), row.getInt(5) + 1);
    }
}
