package parley.notify;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import parley.health.Started;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;

/** Removes notifications that are too old or too many, every five minutes. */
@ApplicationScoped
class NotificationSweep {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Notifications notifications;

    private Thread thread;

    void start(@Observes Started started) {
        if (thread == null) {
            thread = managed.named("parley-notify-sweep").newThread(
                    new PeriodicTask("old notifications", INTERVAL, () -> notifications.forget(Instant.now())));
            thread.start();
        }
    }

    @PreDestroy
    void stop() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
