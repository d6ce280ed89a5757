package parley.ops;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.journal.EnforcingRetention;
import parley.settings.Settings;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;

/** Has rooms forget what is older than they keep, again and again; on every instance, which does no harm. */
@ApplicationScoped
class RetentionSweep {

    private static final Logger LOG = Logger.getLogger(RetentionSweep.class.getName());

    @Inject
    private ManagedThreads managed;
    @Inject
    private Settings settings;
    @Inject
    private EnforcingRetention forgetting;

    private Thread thread;

    void start(@Observes Started started) {
        thread = managed.named("parley-retention").newThread(new PeriodicTask("what rooms keep", settings.retention().sweep(), this::sweep));
        thread.start();
    }

    private void sweep() {
        long gone = forgetting.forgetAll(Instant.now());
        LOG.log(gone > 0 ? Level.INFO : Level.FINE, "{0} events were older than their rooms keep them, and are gone", gone);
    }

    @PreDestroy
    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
