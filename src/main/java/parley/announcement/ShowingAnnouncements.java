package parley.announcement;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import parley.health.Started;
import parley.protocol.Event;
import parley.threads.ManagedThreads;
import parley.watch.WatchBegan;
import parley.watch.Watchers;

/**
 * Shows announcements to those who watch on this instance. Reads once a second whether one was made or ended, and what is shown at that
 * time. Without the database, the known ones begin and end on time. Safe for every thread.
 */
@ApplicationScoped
class ShowingAnnouncements {

    private static final Duration EVERY = Duration.ofSeconds(1);

    @Inject
    private ManagedThreads managed;
    @Inject
    private AnnouncementTables tables;
    @Inject
    private Watchers watchers;

    private boolean isStarted;
    // Guarded by this, as the following ones.
    private long position = -1;
    private List<Announcement> known = List.of();
    private volatile List<Announcement> shown = List.of();

    /** The events that lead from what was shown to what is shown now: first what ended, then what begins. */
    static List<Event> changes(List<Announcement> before, List<Announcement> after) {
        List<Event> events = new ArrayList<>();
        before.stream().filter(one -> !after.contains(one)).forEach(one -> events.add(new Event.AnnouncementEnded(one.id())));
        after.stream().filter(one -> !before.contains(one)).forEach(one -> events.add(one.shown()));
        return events;
    }

    void begin(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started started) {
        catchUp();
        if (!isStarted) {
            isStarted = true;
            managed.repeat("announcements", EVERY, this::catchUp);
        }
    }

    /** Tells what began and ended since the last call. Costs one small query if no administrator changed anything. */
    synchronized void catchUp() {
        try {
            read();
        } finally {
            show(Instant.now());
        }
    }

    private void read() {
        long head = tables.head();
        if (head != position) {
            known = tables.all();
            position = head;
        }
    }

    private void show(Instant now) {
        List<Announcement> next = known.stream().filter(one -> one.isShownAt(now)).toList();
        changes(shown, next).forEach(watchers::tellAllHere);
        shown = next;
    }

    // What begins or ends from now on reaches the connection, too: it is among those who watch.
    void watches(@Observes WatchBegan began) {
        if (!shown.isEmpty()) {
            tell(tables.dismissedBy(began.user()), began.tell());
        }
    }

    private synchronized void tell(Set<String> dismissed, Consumer<Event> tell) {
        shown.stream().filter(one -> !dismissed.contains(one.id())).forEach(one -> tell.accept(one.shown()));
    }
}
