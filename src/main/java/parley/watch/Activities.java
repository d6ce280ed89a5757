package parley.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import parley.hub.Overheard;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.journal.Views;
import parley.protocol.Event;
import parley.protocol.Message;
import parley.protocol.Retention;
import parley.protocol.Unread;
import parley.reading.MarkerMoved;
import parley.reading.MyRooms;
import parley.reading.PersonInRoom;
import parley.reading.UnreadNumbers;
import parley.room.RoomView;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;

/**
 * Tells people who watch what happens in their rooms. Observers only note what changed; one thread does everything else, so that the
 * events of a person keep their order. A room that was quiet is told at once, a busy one once a second. The numbers of people who were told
 * lately are kept in memory and counted on with each event; all others, and those that an event makes uncertain, are counted by one
 * statement. What neither the journal nor the bus brings to this instance is found by comparing some people's rooms at a time.
 */
@ApplicationScoped
public class Activities {

    private static final Duration EVERY = Duration.ofMillis(50);
    private static final long BUSY_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long COMPARE_EVERY = TimeUnit.SECONDS.toNanos(2);
    private static final int COMPARED_AT_ONCE = 50;
    private static final int COUNTED_AT_ONCE = 1_000;
    private static final int NUMBERS_KEPT = 100_000;
    private static final int HEADS_KEPT = 100_000;

    private final Map<String, Changes> changed = new ConcurrentHashMap<>();
    private final Set<PersonInRoom> read = ConcurrentHashMap.newKeySet();
    private Watchers watchers;
    private Views views;
    private MyRooms rooms;
    private UnreadNumbers numbers;
    private Thread thread;

    // Used by the thread only.
    private final Cache<PersonInRoom, Unread> kept = Caffeine.newBuilder().maximumSize(NUMBERS_KEPT).build();
    /** The head of each room as far as people were told of it. */
    private final Cache<String, Long> heads = Caffeine.newBuilder().maximumSize(HEADS_KEPT).build();
    private final Map<String, Long> toldAt = new HashMap<>();
    private final Deque<String> toCompare = new ArrayDeque<>();
    private long comparedAt = System.nanoTime();

    /** For the container's proxy. */
    protected Activities() {
    }

    @Inject
    Activities(Watchers watchers, Views views, MyRooms rooms, UnreadNumbers numbers, ManagedThreads managed) {
        this.watchers = watchers;
        this.views = views;
        this.rooms = rooms;
        this.numbers = numbers;
        thread = managed.named("parley-activity").newThread(new PeriodicTask("activity", EVERY, this::tick));
        thread.start();
    }

    void committed(@Observes Committed committed) {
        if (!watchers.isEmpty()) {
            committed.rooms().forEach(batch -> changed.merge(batch.view().id(), Changes.of(batch.events()), Changes::then));
        }
    }

    void overheard(@Observes Overheard overheard) {
        if (!watchers.isEmpty()) {
            changed.merge(overheard.room(), Changes.of(overheard.frames().stream().map(LoggedFrame::event).toList()), Changes::then);
        }
    }

    void moved(@Observes MarkerMoved moved) {
        if (watchers.people().contains(moved.by().id())) {
            read.add(new PersonInRoom(moved.by().id(), moved.room()));
        }
    }

    private void tick() {
        long now = System.nanoTime();
        toldAt.values().removeIf(at -> now - at >= BUSY_EVERY);
        Map<String, Changes> due = new HashMap<>();
        for (String room : List.copyOf(changed.keySet())) {
            if (!toldAt.containsKey(room)) {
                due.put(room, changed.remove(room));
                toldAt.put(room, now);
            }
        }
        Set<PersonInRoom> readers = new HashSet<>(read);
        readers.forEach(read::remove);
        try {
            if (!due.isEmpty() || !readers.isEmpty()) {
                new Round(due, readers).tell();
            }
            if (now - comparedAt >= COMPARE_EVERY) {
                comparedAt = now;
                compareSome();
            }
        } catch (RuntimeException | Error failed) {
            // The next rounds find out from the tables.
            due.keySet().forEach(room -> changed.merge(room, Changes.UNKNOWN, Changes::then));
            read.addAll(readers);
            throw failed;
        }
    }

    // Hints get lost: a packet of another instance, for example.
    private void compareSome() {
        if (toCompare.isEmpty()) {
            toCompare.addAll(watchers.people());
        }
        for (int i = 0; i < COMPARED_AT_ONCE && !toCompare.isEmpty(); i++) {
            String user = toCompare.poll();
            RoomSet known = watchers.rooms(user);
            Map<String, Long> now = rooms.heads(user);
            now.forEach((room, head) -> {
                Long told = heads.get(room, id -> head);
                if (head > told || !known.contains(room)) {
                    changed.putIfAbsent(room, Changes.UNKNOWN);
                }
            });
            known.stream().filter(room -> !now.containsKey(room))
                    .forEach(room -> changed.putIfAbsent(room, Changes.UNKNOWN));
        }
    }

    @PreDestroy
    void stop() {
        thread.interrupt();
    }

    /** What is told at one time. */
    private final class Round {
        private final Map<String, Changes> due;
        private final Set<PersonInRoom> toCount;
        private final List<PersonInRoom> added = new ArrayList<>();
        private final Map<String, Optional<Message>> newest = new HashMap<>();
        private final Map<PersonInRoom, Unread> toTell = new HashMap<>();

        Round(Map<String, Changes> due, Set<PersonInRoom> readers) {
            this.due = due;
            toCount = new HashSet<>(readers);
            readers.forEach(kept::invalidate);
        }

        void tell() {
            due.forEach(this::look);
            count();
            readNewest();
            tellAdded();
            toTell.forEach((key, unread) -> {
                heads.asMap().merge(key.room(), unread.asOf(), Math::max);
                watchers.here(key.user(), new Event.Activity(key.room(), unread,
                        newest.getOrDefault(key.room(), Optional.empty())));
            });
        }

        private void look(String room, Changes changes) {
            Set<String> members = members(room, changes);
            if (changes.mayEndMemberships()) {
                watchers.people().stream().filter(user -> !members.contains(user) && watchers.rooms(user).contains(room))
                        .forEach(user -> removed(user, room));
            }
            for (String user : members) {
                PersonInRoom key = new PersonInRoom(user, room);
                if (!watchers.rooms(user).contains(room) || changes.changeRoomOf(user)) {
                    added.add(key);
                    kept.invalidate(key);
                } else {
                    advance(key, changes);
                }
            }
            if (changes.changeMessages()) {
                newest.put(room, changes.newest());
            }
        }

        private Set<String> members(String room, Changes changes) {
            Optional<RoomView> view = views.cached(room).filter(found -> changes.areIn(found.offset()));
            if (view.isEmpty()) {
                return rooms.members(room, watchers.people());
            }
            if (view.get().closed()) {
                return Set.of();
            }
            Set<String> members = new HashSet<>();
            if (watchers.people().size() < view.get().members().size()) {
                watchers.people().stream().filter(user -> view.get().member(user).isPresent()).forEach(members::add);
            } else {
                view.get().members().byId().keySet().stream().filter(watchers.people()::contains).forEach(members::add);
            }
            return members;
        }

        private void removed(String user, String room) {
            watchers.know(user, known -> known.without(room));
            kept.invalidate(new PersonInRoom(user, room));
            watchers.here(user, new Event.RoomRemoved(room));
        }

        private void advance(PersonInRoom key, Changes changes) {
            if (!changes.changeMessages()) {
                return;
            }
            Optional<Unread> after = Optional.ofNullable(kept.getIfPresent(key))
                    .filter(unread -> !toCount.contains(key) && storesMessages(key.room()))
                    .flatMap(unread -> changes.after(unread, key.user()));
            after.ifPresentOrElse(unread -> {
                kept.put(key, unread);
                toTell.put(key, unread);
            }, () -> toCount.add(key));
        }

        // Messages that are not stored are not counted, as in the reply to watch.
        private boolean storesMessages(String room) {
            return views.cached(room).map(view -> view.profile().retention()).filter(Retention.NONE::equals).isEmpty();
        }

        private void count() {
            List<PersonInRoom> keys = List.copyOf(toCount);
            for (int from = 0; from < keys.size(); from += COUNTED_AT_ONCE) {
                numbers.of(keys.subList(from, Math.min(keys.size(), from + COUNTED_AT_ONCE))).forEach((key, unread) -> {
                    kept.put(key, unread);
                    toTell.put(key, unread);
                });
            }
        }

        // Deletions and edits may have changed the newest message, and unknown events any.
        private void readNewest() {
            List<String> unknown = newest.entrySet().stream().filter(entry -> entry.getValue().isEmpty()).map(Map.Entry::getKey).toList();
            if (!unknown.isEmpty()) {
                rooms.newest(unknown).forEach((room, message) -> newest.put(room, Optional.of(message)));
            }
        }

        private void tellAdded() {
            rooms.of(added, "").forEach((key, room) -> {
                heads.asMap().merge(key.room(), room.unread().asOf(), Math::max);
                kept.put(key, room.unread());
                watchers.know(key.user(), known -> known.with(key.room()));
                watchers.here(key.user(), new Event.RoomAdded(room));
            });
        }
    }
}
