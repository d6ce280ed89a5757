package parley.ops;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.journal.Forgetting;
import parley.settings.Settings;

/** Has rooms forget what is older than they keep, again and again; on every instance, which does no harm. */
@ApplicationScoped
class RetentionSweep {

    private static final Logger LOG = Logger.getLogger(RetentionSweep.class.getName());

    @Resource
    private ManagedScheduledExecutorService timer;
    @Inject
    private Settings settings;
    @Inject
    private Forgetting forgetting;

    private ScheduledFuture<?> sweeping;

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        long seconds = settings.retentionSweep().toSeconds();
        sweeping = timer.scheduleWithFixedDelay(this::sweep, seconds, seconds, TimeUnit.SECONDS);
    }

    private void sweep() {
        try {
            long gone = forgetting.forgetAll(Instant.now());
            LOG.log(gone > 0 ? Level.INFO : Level.FINE, "{0} events were older than their rooms keep them, and are gone", gone);
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "What is older than its room keeps it could not be removed; it is tried again", failed);
        }
    }

    @PreDestroy
    void stop() {
        sweeping.cancel(false);
    }
}
