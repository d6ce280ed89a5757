package parley.content;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.sql.Statements;

/**
 * The files whose text is to be extracted, and the texts: table {@code file_text}. A row with {@code due_at} is a job. Each call is a
 * transaction of its own and waits for the database. As many jobs can wait as there are files.
 */
@ApplicationScoped
class ContentQueue {

    /** A file whose bytes can't be read is not tried more often: over ten hours or so. */
    static final int MOST_TRIES = 12;
    /** Longer than a job takes, unless the store of the files is very slow. */
    static final Duration LEASE = Duration.ofMinutes(1);
    private static final int MOST_DOUBLED = 6;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** For the container. */
    protected ContentQueue() {
    }

    /** For tests. */
    ContentQueue(EntityManager em) {
        this.em = em;
    }

    /** @param tries including this one */
    record Job(String file, int tries) {}

    /** Adds a job for a file of this room, unless it has one or had one. In the running transaction. */
    static void add(String file, String room, Instant now, EntityManager em) {
        Statements.update(em, "insert into file_text (file, due_at, tries) select id, cast(? as bigint), 0 from file where id = ? "
                + "and room = ? and not exists (select 1 from file_text t where t.file = ?)", now.toEpochMilli(), file, room, file);
    }

    /** A file that is in a room. */
    record Missing(String file, String room) {}

    /** Files of messages that have no job and had none. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Missing> missing(long largest, int most) {
        return Statements.query(em, row -> new Missing(row.getString(1), row.getString(2)), "select id, room from file f where "
                + "message_offset is not null and state = 'READY' and size <= ? and " + ContentTypes.CONDITION
                + " and not exists (select 1 from file_text t where t.file = f.id) limit " + most, largest);
    }

    /** Adds a job for one of them. Each has its own transaction, because it locks the file, and deletions lock files in another order. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void add(Missing missing, Instant now) {
        add(missing.file, missing.room, now, em);
    }

    /** How many jobs wait, at most {@code most}. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    int waiting(int most) {
        return Statements.query(em, row -> row.getInt(1),
                "select count(*) from (select 1 from file_text where due_at >= 0 limit " + most + ") counted").getFirst();
    }

    /** Takes the job that has waited longest. No other instance gets it for a while, which doubles each time. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<Job> lease(Instant now) {
        List<Job> jobs = Statements.query(em, row -> new Job(row.getString(1), row.getInt(2) + 1),
                "select file, tries from file_text where due_at <= ? order by due_at limit 1 for update skip locked", now.toEpochMilli());
        for (Job job : jobs) {
            Duration lease = LEASE.multipliedBy(1L << Math.min(job.tries - 1, MOST_DOUBLED));
            Statements.update(em, "update file_text set due_at = ?, tries = ? where file = ?", now.plus(lease).toEpochMilli(), job.tries,
                    job.file);
        }
        return jobs.stream().findFirst();
    }

    /**
     * Ends a job with this text, which may be empty. Does nothing if the file was deleted meanwhile, or if another instance has the job.
     * The row of the head orders the positions by commits.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    boolean done(Job job, String text) {
        if (text.isEmpty()) {
            return Statements.update(em, "update file_text set due_at = null where file = ? and tries = ?", job.file, job.tries) == 1;
        }
        Statements.update(em, "update file_text_head set text_position = text_position + 1");
        return Statements.update(em, "update file_text set due_at = null, content = ?, "
                + "text_position = (select text_position from file_text_head) where file = ? and tries = ?", text, job.file,
                job.tries) == 1;
    }

    /** Deletes some texts and jobs, because the setting is off. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    int deleteSome(int most) {
        return Statements.update(em, "delete from file_text where file in (select file from file_text limit " + most + ")");
    }
}
