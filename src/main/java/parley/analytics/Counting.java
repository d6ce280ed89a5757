package parley.analytics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.health.Started;
import parley.lease.LeasedWork;
import parley.lease.Task;
import parley.metrics.Metrics;
import parley.settings.Settings;

/**
 * Counts each day once it is over. One instance does it for all; if it is killed, another one goes on at the positions. While no day is
 * over that was not counted, this costs nothing.
 */
@ApplicationScoped
class Counting {

    private static final Duration EVERY = Duration.ofMinutes(5);
    /** After the end of a day its last events are surely committed. */
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Duration LEASE = Duration.ofMinutes(15);

    @Inject
    private Settings settings;
    @Inject
    private Metrics metrics;
    @Inject
    private LeasedWork work;
    @Inject
    private AnalyticsTables tables;

    private boolean isStarted;
    private long known = -1;
    private volatile Optional<Day> latest = Optional.empty();

    void begin(@Observes Started started) {
        if (isStarted || !settings.analytics().isOn()) {
            return;
        }
        isStarted = true;
        metrics.gauge("parley_analytics_people", "People who posted, edited or reacted on the last day (UTC).",
                () -> latest.map(Day::people).map(Double::valueOf).orElse(Double.NaN));
        metrics.gauge("parley_analytics_messages", "Messages of people on the last day (UTC).",
                () -> latest.map(Day::messages).map(Double::valueOf).orElse(Double.NaN));
        metrics.gauge("parley_analytics_rooms", "Rooms in which people posted on the last day (UTC).",
                () -> latest.map(Day::rooms).map(Double::valueOf).orElse(Double.NaN));
        metrics.gauge("parley_analytics_answer_seconds", "Median time to an answer on the last day (UTC).",
                () -> latest.filter(day -> day.medianSeconds().isPresent()).map(day -> (double) day.medianSeconds().getAsLong())
                        .orElse(Double.NaN));
        work.start(Task.ANALYTICS, EVERY, LEASE, this::count);
    }

    private void count() {
        long today = RoomFold.dayOf(Instant.now().minus(GRACE).toEpochMilli());
        if (known >= today - 1) {
            return;
        }
        long finished = tables.finished();
        if (finished < today - 1 && work.take()) {
            count(finished < 0 ? today - AnalyticsTables.FIRST_DAYS : finished + 1, today);
            finished = tables.finished();
        }
        if (finished >= today - 1) {
            known = finished;
            latest = tables.days(finished, settings.analytics().smallestGroup()).stream().findFirst();
        }
    }

    private void count(long firstDay, long today) {
        for (List<String> rooms = tables.behind(""); !rooms.isEmpty(); rooms = tables.behind(rooms.getLast())) {
            for (String room : rooms) {
                do {
                    // Another instance that took over goes on where this one stopped.
                    if (!work.mayGoOn()) {
                        return;
                    }
                } while (tables.count(room, firstDay, today));
            }
        }
        tables.finish(today, settings.analytics().smallestGroup(), today - settings.analytics().kept());
    }
}
