package parley.ops;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.identity.Revoking;

/** Looks once a second for what other instances revoked. While the database is away, what is known holds. */
@ApplicationScoped
class RevocationWatch {

    private static final Logger LOG = Logger.getLogger(RevocationWatch.class.getName());
    private static final long EVERY_MILLIS = 1_000;

    @Resource
    private ManagedScheduledExecutorService timer;
    @Inject
    private Revoking revoking;

    private ScheduledFuture<?> watching;
    private boolean failing;

    /** Reads what is revoked by now and goes on looking. To be called when the schema is there, before the first request. */
    void begin() {
        revoking.catchUp();
        watching = timer.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            revoking.catchUp();
            failing = false;
        } catch (RuntimeException failed) {
            LOG.log(failing ? Level.FINE : Level.WARNING, "Revocations could not be read; those that are known hold, and it is tried again", failed);
            failing = true;
        }
    }

    @PreDestroy
    void stop() {
        if (watching != null) {
            watching.cancel(false);
        }
    }
}
