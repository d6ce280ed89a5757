package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.health.Started;
import parley.journal.MovingCopies;
import parley.threads.ManagedThreads;

/** Periodically removes the copies of messages that earlier versions made. Every instance does it; concurrent removals are harmless. */
@ApplicationScoped
class CopiesSweep {

    private static final Logger LOG = Logger.getLogger(CopiesSweep.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(10);

    @Inject
    private ManagedThreads managed;
    @Inject
    private MovingCopies copies;

    void start(@Observes Started started) {
        managed.repeat("message copies", PAUSE, this::sweep);
    }

    private void sweep() {
        long moved = copies.moveAll();
        LOG.log(moved > 0 ? Level.INFO : Level.FINE, "{0} messages are stored in the log only now", moved);
    }
}
