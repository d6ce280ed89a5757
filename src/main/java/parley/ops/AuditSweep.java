package parley.ops;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.audit.AuditLog;
import parley.audit.RefusedSignIns;
import parley.health.Started;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.settings.Settings;
import parley.sql.DatabaseFailure;
import parley.threads.ManagedThreads;

/**
 * Writes refused sign-ins to the audit log every minute, and deletes audit events older than {@code parley.audit.days}. One instance
 * deletes for all; concurrent deletes are harmless.
 */
@ApplicationScoped
class AuditSweep {

    private static final Logger LOG = Logger.getLogger(AuditSweep.class.getName());
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Settings settings;
    @Inject
    private AuditLog audit;
    @Inject
    private RefusedSignIns refused;
    @Inject
    private LeasedWork work;

    private boolean isStarted;

    void start(@Observes Started started) {
        managed.repeat("refused sign-ins", MINUTE, refused::write);
        Duration every = settings.retention().sweep();
        work.repeat(Task.AUDIT_RETENTION, every, every.multipliedBy(2), this::deleteExpired);
        isStarted = true;
    }

    private void deleteExpired() {
        Instant before = Instant.now().minus(settings.retention().audit());
        long deleted = 0;
        for (int batch = AuditLog.MOST_FORGOTTEN; batch >= AuditLog.MOST_FORGOTTEN; deleted += batch) {
            batch = audit.forget(before);
        }
        LOG.log(deleted > 0 ? Level.INFO : Level.FINE, "Deleted {0} audit events older than parley.audit.days", deleted);
    }

    @PreDestroy
    void stop() {
        if (!isStarted) {
            return;
        }
        try {
            refused.write();
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "Writing the refused sign-ins of the last minute to the audit log failed; they are lost: {0}",
                    DatabaseFailure.message(failed));
        }
    }
}
