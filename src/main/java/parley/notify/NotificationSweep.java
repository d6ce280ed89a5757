package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import parley.health.Started;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/** Removes notifications that are too old or too many, every five minutes. */
@ApplicationScoped
class NotificationSweep {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Notifications notifications;

    private Loop loop;

    void start(@Observes Started started) {
        if (loop == null) {
            loop = managed.repeat("old notifications", INTERVAL, () -> notifications.forget(Instant.now()));
        }
    }
}
