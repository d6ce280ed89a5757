package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import parley.health.Started;
import parley.lease.Leases;
import parley.lease.Task;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/** Removes notifications that are too old or too many, every five minutes. One instance does it for all. */
@ApplicationScoped
class NotificationSweep {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    @Inject
    private ManagedThreads managed;
    @Inject
    private Notifications notifications;
    @Inject
    private Leases leases;

    private Loop loop;

    void start(@Observes Started started) {
        if (loop == null) {
            loop = managed.repeat(Task.OLD_NOTIFICATIONS.title(), INTERVAL, this::sweep);
        }
    }

    private void sweep() {
        if (leases.take(Task.OLD_NOTIFICATIONS, INTERVAL.multipliedBy(2))) {
            notifications.forget(Instant.now());
        }
    }
}
