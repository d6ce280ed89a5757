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
import parley.sql.Followed;
import parley.threads.ManagedThreads;
import parley.watch.WatchBegan;
import parley.watch.Watchers;

/**
 * Shows announcements to those who watch on this instance. Looks once a second which of the known ones begin or end. Without the database,
 * they begin and end on time. Safe for every thread.
 */
@ApplicationScoped
class ShowingAnnouncements implements Followed {

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
        if (!isStarted) {
            isStarted = true;
            managed.repeat("announcements", EVERY, () -> show(Instant.now()));
        }
    }

    @Override
    public String headQuery() {
        return AnnouncementTables.HEAD;
    }

    /** Takes over a change of this instance, and tells what began and ended. */
    void catchUp() {
        catchUp(tables.head());
    }

    @Override
    public synchronized void catchUp(long head) {
        if (head != position) {
            known = tables.all();
            position = head;
            show(Instant.now());
        }
    }

    private synchronized void show(Instant now) {
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
