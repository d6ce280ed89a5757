package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import parley.feature.Features;
import parley.health.Started;
import parley.hub.Connections;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Tells the database once a second who came to this instance and who left, so that any instance knows who has no open page. Writes nothing
 * while nobody in the installation uses Web Push.
 */
@ApplicationScoped
class ConnectedPeople {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long USED_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration KEPT = Duration.ofMinutes(2);

    @Inject
    private Features features;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Connections connections;
    @Inject
    private PushRows pushes;
    @Inject
    private ConnectedRows rows;

    private Loop loop;
    // The rest is used only by that thread.
    private Set<String> known = new HashSet<>();
    private boolean used;
    private boolean begun;
    private long usedAt = System.nanoTime() - USED_NANOS;

    void start(@Observes Started started) {
        if (features.isAllowed(Feature.NOTIFICATIONS) && loop == null) {
            loop = managed.repeat("connected people", PAUSE, this::write);
        }
    }

    private void write() {
        if (System.nanoTime() - usedAt >= USED_NANOS) {
            usedAt = System.nanoTime();
            used = pushes.isUsed();
        }
        if (!used) {
            return;
        }
        String node = settings.instance().name();
        Instant now = Instant.now();
        if (!begun) {
            // What an earlier run of this instance left behind.
            rows.clear(node);
            begun = true;
        }
        Set<String> people = connections.people();
        Set<String> came = new HashSet<>(people);
        came.removeAll(known);
        Set<String> left = new HashSet<>(known);
        left.removeAll(people);
        if (!came.isEmpty() || !left.isEmpty()) {
            rows.change(node, came, left, now, now.minus(KEPT));
            known = people;
        }
    }
}
