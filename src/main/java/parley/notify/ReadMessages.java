package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import parley.feature.Features;
import parley.health.Started;
import parley.protocol.Feature;
import parley.reading.MarkerMoved;
import parley.reading.PersonInRoom;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Marks the notifications of messages that people read in the room as read, twice a second with one query for all. While {@value #MOST}
 * markers wait, further ones are dropped: their notifications stay unread until the person reads on. Safe for every thread.
 */
@ApplicationScoped
class ReadMessages {

    /** The most markers that wait. */
    static final int MOST = 50_000;
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Inject
    private Features features;
    @Inject
    private ManagedThreads managed;
    @Inject
    private NotificationsCommit commits;
    @Inject
    private Announcing announcing;

    private volatile boolean on;
    private Loop loop;
    // Guarded by this.
    private Map<PersonInRoom, Long> moved = new HashMap<>();

    void start(@Observes Started started) {
        on = features.isAllowed(Feature.NOTIFICATIONS);
        if (on && loop == null) {
            loop = managed.repeat("read notifications", PAUSE, this::mark);
        }
    }

    void moved(@Observes MarkerMoved marker) {
        if (on && marker.here() && !marker.back()) {
            add(new PersonInRoom(marker.by().id(), marker.room()), marker.upto());
        }
    }

    private synchronized void add(PersonInRoom person, long upTo) {
        if (moved.size() < MOST || moved.containsKey(person)) {
            moved.merge(person, upTo, Math::max);
        }
    }

    private synchronized Map<PersonInRoom, Long> taken() {
        Map<PersonInRoom, Long> taken = moved;
        moved = new HashMap<>();
        return taken;
    }

    private void mark() {
        Map<PersonInRoom, Long> markers = taken();
        if (!markers.isEmpty()) {
            announcing.withdraw(commits.read(markers));
        }
    }
}
