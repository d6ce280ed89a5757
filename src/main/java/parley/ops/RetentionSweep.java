package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.journal.EnforcingRetention;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.moderation.Approvals;
import parley.settings.Settings;

/**
 * Periodically deletes events past the retention of their room, and messages that waited for a moderator for too long. One instance does it
 * for all; concurrent deletes are harmless.
 */
@ApplicationScoped
class RetentionSweep {

    private static final Logger LOG = Logger.getLogger(RetentionSweep.class.getName());

    @Inject
    private Settings settings;
    @Inject
    private EnforcingRetention retention;
    @Inject
    private Approvals approvals;
    @Inject
    private LeasedWork work;

    void start(@Observes Started started) {
        Duration every = settings.retention().sweep();
        work.repeat(Task.ROOM_RETENTION, every, every.multipliedBy(2), this::sweep);
    }

    private void sweep() {
        Instant now = Instant.now();
        approvals.expire(now);
        long deleted = retention.enforce(now);
        LOG.log(deleted > 0 ? Level.INFO : Level.FINE, "Deleted {0} events past the retention of their rooms", deleted);
    }
}
