package parley.watch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import parley.hub.RoomBroadcast;
import parley.journal.Views;
import parley.people.Preferences;
import parley.protocol.Event;
import parley.protocol.Unread;
import parley.protocol.User;
import parley.reading.MarkerMoved;
import parley.reading.MarkingRead;
import parley.room.RoomView;
import parley.threads.ManagedThreads;

/**
 * Tells the members of a room who listen here how far others have read, except those who show it to nobody, in rooms of up to {@link
 * MarkingRead#MOST_READERS} members. What happens within a second is one event, and within five seconds if many people read: their number
 * must not multiply the room's traffic.
 */
@ApplicationScoped
public class Receipts {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int MANY = 5;
    private static final long MANY_EVERY = TimeUnit.SECONDS.toNanos(5);

    /** What waits for one room: the users who read, with their markers. */
    private static final class Waiting {
        private final Map<User, Long> readers = new HashMap<>();
        private final long since = System.nanoTime();
    }

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private RoomBroadcast rooms;
    private Views views;
    private Preferences preferences;

    /** For the container's proxy. */
    protected Receipts() {
    }

    @Inject
    Receipts(RoomBroadcast rooms, Views views, Preferences preferences, ManagedThreads managed) {
        this.preferences = preferences;
        this.rooms = rooms;
        this.views = views;
        managed.repeat("receipts", EVERY, this::tick);
    }

    void moved(@Observes MarkerMoved moved) {
        if (!moved.back() && rooms.hasSubscriptions(moved.room())) {
            waiting.compute(moved.room(), (room, before) -> {
                Waiting now = before == null ? new Waiting() : before;
                now.readers.put(moved.by(), moved.upto());
                return now;
            });
        }
    }

    private void tick() {
        long now = System.nanoTime();
        Map<String, Waiting> due = new HashMap<>();
        waiting.keySet().forEach(room -> waiting.computeIfPresent(room, (id, collected) -> {
            if (collected.readers.size() >= MANY && now - collected.since < MANY_EVERY) {
                return collected;
            }
            due.put(room, collected);
            return null;
        }));
        // Outside the map, so that no thread that moves a marker waits for the database.
        due.forEach((room, collected) -> views.cached(room).ifPresent(view -> tell(view, collected.readers)));
    }

    private void tell(RoomView view, Map<User, Long> readers) {
        if (view.members().size() > MarkingRead.MOST_READERS) {
            return;
        }
        Set<String> silent = preferences.withoutReceipts(view.members().byId().keySet());
        List<Map.Entry<User, Long>> shown = readers.entrySet().stream().filter(reader -> !silent.contains(reader.getKey().id())).toList();
        Predicate<String> sees = user -> view.member(user).isPresent() && !silent.contains(user);
        if (shown.size() == 1) {
            User by = shown.getFirst().getKey();
            rooms.to(view.id(), new Event.Read(view.id(), by, shown.getFirst().getValue()), sees.and(user -> !user.equals(by.id())));
        } else if (!shown.isEmpty()) {
            rooms.to(view.id(), new Event.Readers(view.id(), shown.stream()
                    .map(reader -> new Unread.Reader(reader.getKey().id(), reader.getValue())).toList()), sees);
        }
    }
}
