package parley.ops;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.audit.Audit;
import parley.audit.RefusedSignIns;
import parley.settings.Settings;

/** Has the audit take in what was refused, every minute, and forget what is older than it is kept; on every instance, which does no harm. */
@ApplicationScoped
class AuditSweep {

    private static final Logger LOG = Logger.getLogger(AuditSweep.class.getName());
    private static final long MINUTE = 60;

    @Resource
    private ManagedScheduledExecutorService timer;
    @Inject
    private Settings settings;
    @Inject
    private Audit audit;
    @Inject
    private RefusedSignIns refused;

    private List<ScheduledFuture<?>> sweeping;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        long seconds = settings.retentionSweep().toSeconds();
        sweeping = List.of(timer.scheduleWithFixedDelay(() -> tried(refused::write), MINUTE, MINUTE, TimeUnit.SECONDS),
                timer.scheduleWithFixedDelay(() -> tried(this::forget), seconds, seconds, TimeUnit.SECONDS));
    }

    private void forget() {
        Instant before = Instant.now().minus(settings.auditKept());
        long gone = 0;
        for (int some = Audit.MOST_FORGOTTEN; some >= Audit.MOST_FORGOTTEN; gone += some) {
            some = audit.forget(before);
        }
        LOG.log(gone > 0 ? Level.INFO : Level.FINE, "{0} entries of the audit were older than they are kept, and are gone", gone);
    }

    private static void tried(Runnable sweep) {
        try {
            sweep.run();
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "The audit could not be brought up to date; it is tried again", failed);
        }
    }

    @PreDestroy
    void stop() {
        sweeping.forEach(sweep -> sweep.cancel(false));
        tried(refused::write);
    }
}
