package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import parley.health.Started;
import parley.lease.LeasedWork;
import parley.lease.Task;

/** Removes notifications that are too old or too many, every five minutes. One instance does it for all. */
@ApplicationScoped
class NotificationSweep {

    private static final Duration INTERVAL = Duration.ofMinutes(5);

    @Inject
    private Notifications notifications;
    @Inject
    private LeasedWork work;

    void start(@Observes Started started) {
        work.repeat(Task.OLD_NOTIFICATIONS, INTERVAL, INTERVAL.multipliedBy(2), () -> notifications.forget(Instant.now()));
    }
}
