package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.lease.Leases;
import parley.lease.Task;
import parley.threads.ManagedThreads;

/** Periodically deletes what only released holds kept. One instance does it for all. */
@ApplicationScoped
class HoldSweep {

    private static final Logger LOG = Logger.getLogger(HoldSweep.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(60);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Leases leases;
    @Inject
    private Freeing freeing;

    void start(@Observes Started started) {
        managed.repeat(Task.RELEASED_HOLDS.title(), PAUSE, this::sweep);
    }

    private void sweep() {
        long freed = 0;
        int part = Freeing.MOST;
        while (part == Freeing.MOST && leases.take(Task.RELEASED_HOLDS, PAUSE.multipliedBy(2))) {
            part = freeing.some();
            freed += part;
        }
        LOG.log(freed > 0 ? Level.INFO : Level.FINE, "Released holds let go of {0} events and files", freed);
    }
}
