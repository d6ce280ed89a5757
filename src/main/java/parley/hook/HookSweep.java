package parley.hook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import parley.feature.Features;
import parley.health.Started;
import parley.outlet.Outlets;
import parley.protocol.Feature;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/** Removes the hooks of closed rooms, which do nothing since their rooms were closed. Every instance may do it. */
@ApplicationScoped
class HookSweep {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int AT_ONCE = 500;

    @Inject
    private Features features;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Outlets outlets;
    @Inject
    private WebhookRows webhooks;
    @Inject
    private IncomingHooks incoming;

    private Loop loop;

    void start(@Observes Started started) {
        if (loop == null && features.isAllowed(Feature.HOOKS)) {
            loop = managed.repeat("hooks of closed rooms", PAUSE, this::sweep);
        }
    }

    private void sweep() {
        List<String> removed = outlets.removeOfClosedRooms(AT_ONCE);
        removed.forEach(webhooks::remove);
        incoming.removeOfClosedRooms();
    }
}
