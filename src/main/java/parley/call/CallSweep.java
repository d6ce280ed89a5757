package parley.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import parley.health.Started;
import parley.lease.Leases;
import parley.lease.Task;
import parley.threads.ManagedThreads;

/**
 * Removes participants that did not come back in time, and ends calls without people. One instance does it for all; concurrent removals are
 * harmless. After a crash of all instances, the first one that starts does it.
 */
@ApplicationScoped
class CallSweep {

    private static final Duration EVERY = Duration.ofSeconds(2);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Leases leases;
    @Inject
    private CallStore store;
    @Inject
    private CallWatch watch;

    // Used only by the sweeping thread.
    private final Respite respite = new Respite();

    void start(@Observes Started started) {
        managed.repeat("call sweep", EVERY, this::sweep);
    }

    private void sweep() {
        // Without calls, this is one small read.
        boolean hasCalls = store.hasCalls();
        Instant now = Instant.now();
        respite.wasRead(now);
        if (hasCalls && respite.isOver(now) && leases.take(Task.CALLS, EVERY.multipliedBy(3))) {
            for (String room : store.stale(now)) {
                store.expire(room, now);
                watch.moved(room);
                watch.logEnd(room);
                respite.wasRead(Instant.now());
            }
        }
    }
}
