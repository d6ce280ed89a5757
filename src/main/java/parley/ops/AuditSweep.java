package parley.ops;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.audit.AuditLog;
import parley.audit.RefusedSignIns;
import parley.health.Started;
import parley.settings.Settings;
import parley.sql.DatabaseFailure;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;

/** Has the audit take in what was refused, every minute, and forget what is older than it is kept; on every instance, which does no harm. */
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

    private List<Thread> threads = List.of();

    void start(@Observes Started started) {
        ThreadFactory audits = managed.named("parley-audit");
        threads = List.of(audits.newThread(new PeriodicTask("refused sign-ins", MINUTE, refused::write)),
                audits.newThread(new PeriodicTask("what the audit keeps", settings.retention().sweep(), this::forget)));
        threads.forEach(Thread::start);
    }

    private void forget() {
        Instant before = Instant.now().minus(settings.retention().audit());
        long gone = 0;
        for (int some = AuditLog.MOST_FORGOTTEN; some >= AuditLog.MOST_FORGOTTEN; gone += some) {
            some = audit.forget(before);
        }
        LOG.log(gone > 0 ? Level.INFO : Level.FINE, "{0} entries of the audit were older than they are kept, and are gone", gone);
    }

    @PreDestroy
    void stop() {
        threads.forEach(Thread::interrupt);
        if (threads.isEmpty()) {
            return;
        }
        try {
            refused.write();
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "The sign-ins that were refused in the last minute are not in the audit: {0}", DatabaseFailure.message(failed));
        }
    }
}
