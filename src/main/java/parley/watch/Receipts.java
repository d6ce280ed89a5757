package parley.watch;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import parley.hub.RoomBroadcast;
import parley.journal.Views;
import parley.protocol.Event;
import parley.protocol.Unread;
import parley.protocol.User;
import parley.reading.MarkerMoved;
import parley.reading.MarkingRead;
import parley.room.RoomView;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;

/**
 * Tells the members of a room who listen here how far others have read, in rooms of up to {@link MarkingRead#MOST_READERS} members. What
 * happens within a second is one event, and within five seconds if many people read: their number must not multiply the room's traffic.
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
    private Thread thread;

    /** For the container's proxy. */
    protected Receipts() {
    }

    @Inject
    Receipts(RoomBroadcast rooms, Views views, ManagedThreads managed) {
        this.rooms = rooms;
        this.views = views;
        thread = managed.named("parley-receipts").newThread(new PeriodicTask("receipts", EVERY, this::tick));
        thread.start();
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
        waiting.keySet().forEach(room -> waiting.computeIfPresent(room, (id, collected) -> {
            if (collected.readers.size() >= MANY && now - collected.since < MANY_EVERY) {
                return collected;
            }
            views.cached(room).ifPresent(view -> tell(view, collected.readers));
            return null;
        }));
    }

    private void tell(RoomView view, Map<User, Long> readers) {
        if (view.members().size() > MarkingRead.MOST_READERS) {
            return;
        }
        if (readers.size() == 1) {
            readers.forEach((by, upto) -> rooms.to(view.id(), new Event.Read(view.id(), by, upto),
                    user -> !user.equals(by.id()) && view.member(user).isPresent()));
            return;
        }
        List<Unread.Reader> several = readers.entrySet().stream()
                .map(reader -> new Unread.Reader(reader.getKey().id(), reader.getValue())).toList();
        rooms.to(view.id(), new Event.Readers(view.id(), several), user -> view.member(user).isPresent());
    }

    @PreDestroy
    void stop() {
        thread.interrupt();
    }
}
