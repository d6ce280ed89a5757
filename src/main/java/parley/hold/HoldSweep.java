package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.lease.LeasedWork;
import parley.lease.Task;

/** Periodically deletes what only released holds kept. One instance does it for all. */
@ApplicationScoped
class HoldSweep {

    private static final Logger LOG = Logger.getLogger(HoldSweep.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(60);

    @Inject
    private LeasedWork work;
    @Inject
    private Freeing freeing;

    void start(@Observes Started started) {
        work.start(Task.RELEASED_HOLDS, PAUSE, PAUSE.multipliedBy(2), this::sweep);
    }

    private void sweep() {
        long freed = 0;
        int part = Freeing.MOST;
        while (part == Freeing.MOST && work.take()) {
            part = freeing.some();
            freed += part;
        }
        LOG.log(freed > 0 ? Level.INFO : Level.FINE, "Released holds let go of {0} events and files", freed);
    }
}
