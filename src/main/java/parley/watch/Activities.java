package parley.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Overheard;
import parley.journal.Committed;
import parley.journal.EncodedFrames;
import parley.journal.EpochRenewed;
import parley.journal.LoggedFrame;
import parley.journal.Views;
import parley.protocol.Event;
import parley.protocol.MemberChange;
import parley.protocol.Message;
import parley.protocol.Retention;
import parley.protocol.Unread;
import parley.reading.MarkerMoved;
import parley.reading.MarkersCorrected;
import parley.reading.MyRooms;
import parley.reading.PersonInRoom;
import parley.reading.ReadMarkers;
import parley.reading.UnreadNumbers;
import parley.room.RoomView;
import parley.threads.ManagedThreads;
import parley.threads.Unattended;

/**
 * Tells people who watch what happens in their rooms. Observers only note what changed; one thread does everything else, so that the events
 * of a person keep their order. A room that was quiet is told at once, a busy one once a second, or soon after someone has joined it. The
 * numbers of people who were told lately are kept in memory and counted on with each event; all others, and those that an event makes
 * uncertain, are counted by one statement, and so are all of them after {@link #KEPT_FOR}. What neither the journal nor the bus brings to
 * this instance is found by comparing some people's rooms at a time.
 */
@ApplicationScoped
public class Activities {

    private static final Logger LOG = Logger.getLogger(Activities.class.getName());
    private static final Duration EVERY = Duration.ofMillis(50);
    private static final long BUSY_EVERY = TimeUnit.SECONDS.toNanos(1);
    /** A busy room that someone new has joined: an invitation must show within a second. */
    private static final long INVITES_EVERY = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long COMPARE_EVERY = TimeUnit.SECONDS.toNanos(2);
    private static final int COMPARED_AT_ONCE = 50;
    private static final int COUNTED_AT_ONCE = 1_000;
    private static final int ADDED_AT_ONCE = 200;
    private static final int NUMBERS_KEPT = 100_000;
    private static final int HEADS_KEPT = 100_000;
    /** Numbers in memory may have missed that a marker moved elsewhere. */
    private static final Duration KEPT_FOR = Duration.ofSeconds(30);
    /** What a frame contains that lets someone in. A message may contain it too; then the frame is read in vain. */
    private static final String LETS_IN = MemberChange.Joined.TYPE;

    private final Map<String, Changes> changed = new ConcurrentHashMap<>();
    private final Set<PersonInRoom> read = ConcurrentHashMap.newKeySet();
    private final Cache<PersonInRoom, Unread> kept = Caffeine.newBuilder().maximumSize(NUMBERS_KEPT)
            .expireAfter(Expiry.<PersonInRoom, Unread>creating((key, unread) -> KEPT_FOR)).build();
    /** The head of each room as far as people were told of it. */
    private final Cache<String, Long> heads = Caffeine.newBuilder().maximumSize(HEADS_KEPT).build();
    private Watchers watchers;
    private Views views;
    private MyRooms rooms;
    private UnreadNumbers numbers;
    private ReadMarkers markers;

    // Used by the thread only.
    private final Map<String, Long> toldAt = new HashMap<>();
    private final Deque<String> toCompare = new ArrayDeque<>();
    private long comparedAt = System.nanoTime();

    /** For the container's proxy. */
    protected Activities() {
    }

    @Inject
    Activities(Watchers watchers, Views views, MyRooms rooms, UnreadNumbers numbers, ReadMarkers markers, ManagedThreads managed) {
        this.watchers = watchers;
        this.views = views;
        this.rooms = rooms;
        this.numbers = numbers;
        this.markers = markers;
        managed.repeat("activity", EVERY, this::tick);
    }

    /** A person begins to watch these rooms. The person's other connections may know of rooms that the person is no longer in. */
    void watches(String user, Collection<String> ids) {
        RoomSet now = RoomSet.of(ids);
        watchers.know(user, before -> {
            before.stream().filter(room -> !now.contains(room)).forEach(room -> changed.putIfAbsent(room, Changes.UNKNOWN));
            return now.and(before);
        });
    }

    void committed(@Observes Committed committed) {
        if (!watchers.isEmpty()) {
            committed.rooms().forEach(batch -> note(batch.view().id(), Changes.of(batch.events())));
        }
    }

    void overheard(@Observes Overheard overheard) {
        boolean known = watchers.know(overheard.room());
        if (known || !watchers.isEmpty() && EncodedFrames.contain(overheard.frames(), LETS_IN)) {
            note(overheard.room(), Changes.of(overheard.frames().stream().map(LoggedFrame::event).toList()));
        }
        if (known) {
            // With its view here, the next events are followed.
            Unattended.log(views.of(overheard.room()), LOG, "The view of a watched room could not be read");
        }
    }

    void epochRenewed(@Observes EpochRenewed renewed) {
        if (watchers.know(renewed.room())) {
            kept.asMap().keySet().removeIf(key -> key.room().equals(renewed.room()));
            heads.invalidate(renewed.room());
            changed.put(renewed.room(), Changes.UNKNOWN);
        }
    }

    void moved(@Observes MarkerMoved moved) {
        recount(new PersonInRoom(moved.by().id(), moved.room()));
    }

    void corrected(@Observes MarkersCorrected corrected) {
        corrected.markers().forEach(this::recount);
    }

    private void recount(PersonInRoom key) {
        if (watchers.people().contains(key.user())) {
            read.add(key);
        } else {
            kept.invalidate(key);
        }
    }

    private void note(String room, Changes changes) {
        changed.merge(room, changes, Changes::then);
    }

    private void tick() {
        long now = System.nanoTime();
        toldAt.values().removeIf(at -> now - at >= BUSY_EVERY);
        Map<String, Changes> due = new HashMap<>();
        for (String room : List.copyOf(changed.keySet())) {
            if (isDue(room, now)) {
                due.put(room, changed.remove(room));
                toldAt.put(room, now);
            }
        }
        Set<PersonInRoom> readers = new HashSet<>(read);
        readers.forEach(read::remove);
        try {
            if (!due.isEmpty() || !readers.isEmpty()) {
                new Round(readers).tell(due);
            }
            if (now - comparedAt >= COMPARE_EVERY) {
                comparedAt = now;
                compareSome();
            }
        } catch (RuntimeException | Error failed) {
            // The next rounds find out from the tables.
            due.keySet().forEach(room -> note(room, Changes.UNKNOWN));
            read.addAll(readers);
            throw failed;
        }
    }

    private boolean isDue(String room, long now) {
        Long at = toldAt.get(room);
        return at == null || now - at >= INVITES_EVERY && !changed.get(room).joined().isEmpty();
    }

    // Hints get lost: a packet of another instance, for example.
    private void compareSome() {
        if (toCompare.isEmpty()) {
            toCompare.addAll(watchers.people());
        }
        // What they know is read before the heads, which may contain more.
        Map<String, RoomSet> compared = new HashMap<>();
        for (int i = 0; i < COMPARED_AT_ONCE && !toCompare.isEmpty(); i++) {
            String user = toCompare.poll();
            compared.put(user, watchers.rooms(user));
        }
        if (!compared.isEmpty()) {
            Map<String, Map<String, Long>> now = rooms.heads(compared.keySet());
            compared.forEach((user, known) -> compare(known, now.getOrDefault(user, Map.of())));
        }
    }

    private void compare(RoomSet known, Map<String, Long> now) {
        now.forEach((room, head) -> {
            long told = heads.get(room, id -> head);
            if (head != told || !known.contains(room)) {
                changed.putIfAbsent(room, Changes.UNKNOWN);
            }
        });
        known.stream().filter(room -> !now.containsKey(room)).forEach(room -> changed.putIfAbsent(room, Changes.UNKNOWN));
    }

    /** What is told at one time. */
    private final class Round {
        private final Set<PersonInRoom> toCount = new HashSet<>();
        private final List<PersonInRoom> added = new ArrayList<>();
        private final Map<String, Optional<Message>> newest = new HashMap<>();
        private final Map<PersonInRoom, Unread> toTell = new HashMap<>();

        /** @param readers those whose markers moved */
        Round(Set<PersonInRoom> readers) {
            for (PersonInRoom key : readers) {
                Unread before = kept.getIfPresent(key);
                kept.invalidate(key);
                Optional<Long> upto = markers.moved(key);
                if (before != null && upto.filter(offset -> offset >= before.asOf()).isPresent()) {
                    Unread nothing = new Unread(before.asOf(), upto.get(), 0, 0);
                    kept.put(key, nothing);
                    toTell.put(key, nothing);
                } else {
                    toCount.add(key);
                }
            }
        }

        void tell(Map<String, Changes> due) {
            due.forEach(this::tryToLook);
            count();
            readNewest();
            tellAdded();
            toTell.forEach(this::tellActivity);
        }

        // A person who read and left the room since was told of its end, and must not hear of it afterwards.
        private void tellActivity(PersonInRoom key, Unread unread) {
            if (watchers.rooms(key.user()).contains(key.room())) {
                watchers.here(key.user(), new Event.Activity(key.room(), unread, newest.getOrDefault(key.room(), Optional.empty())));
            }
        }

        // One room that can't be read must not keep the others waiting.
        private void tryToLook(String room, Changes changes) {
            try {
                look(room, changes);
            } catch (RuntimeException failed) {
                LOG.log(Level.WARNING, "What happened in a room could not be read; it is tried again", failed);
                note(room, Changes.UNKNOWN);
            }
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
            if (changes.known()) {
                heads.asMap().merge(room, changes.last(), Math::max);
            }
        }

        private Set<String> members(String room, Changes changes) {
            Optional<RoomView> view = views.cached(room).filter(found -> changes.areIn(found.offset()));
            if (view.isPresent()) {
                return view.get().closed() ? Set.of() : members(view.get());
            }
            if (!changes.known()) {
                return rooms.members(room, watchers.people());
            }
            Set<String> candidates = new HashSet<>(changes.joined());
            candidates.retainAll(watchers.people());
            if (watchers.know(room)) {
                watchers.people().stream().filter(user -> watchers.rooms(user).contains(room)).forEach(candidates::add);
            }
            return candidates.isEmpty() ? Set.of() : rooms.members(room, candidates);
        }

        private Set<String> members(RoomView view) {
            Set<String> members = new HashSet<>();
            if (watchers.people().size() < view.members().size()) {
                watchers.people().stream().filter(user -> view.member(user).isPresent()).forEach(members::add);
            } else {
                view.members().byId().keySet().stream().filter(watchers.people()::contains).forEach(members::add);
            }
            return members;
        }

        private void removed(String user, String room) {
            watchers.know(user, known -> known.without(room));
            kept.invalidate(new PersonInRoom(user, room));
            watchers.here(user, new Event.RoomRemoved(room));
        }

        private void advance(PersonInRoom key, Changes changes) {
            Optional<Unread> after = Optional.ofNullable(kept.getIfPresent(key))
                    .filter(unread -> !toCount.contains(key) && storesMessages(key.room()))
                    .flatMap(unread -> changes.after(unread, key.user()));
            after.ifPresentOrElse(unread -> kept.put(key, unread), () -> kept.invalidate(key));
            if (changes.changeMessages() || toTell.containsKey(key)) {
                after.ifPresentOrElse(unread -> toTell.put(key, unread), () -> {
                    toTell.remove(key);
                    toCount.add(key);
                });
            }
        }

        // Messages that are not stored are not counted, as in the reply to watch.
        private boolean storesMessages(String room) {
            return views.cached(room).filter(view -> !view.profile().retention().equals(Retention.NONE)).isPresent();
        }

        private void count() {
            List<PersonInRoom> keys = List.copyOf(toCount);
            for (int from = 0; from < keys.size(); from += COUNTED_AT_ONCE) {
                numbers.of(keys.subList(from, Math.min(keys.size(), from + COUNTED_AT_ONCE))).forEach((key, unread) -> {
                    kept.put(key, unread);
                    heads.asMap().merge(key.room(), unread.asOf(), Math::max);
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
            for (int from = 0; from < added.size(); from += ADDED_AT_ONCE) {
                rooms.of(added.subList(from, Math.min(added.size(), from + ADDED_AT_ONCE)), "").forEach((key, room) -> {
                    toTell.remove(key);
                    kept.put(key, room.unread());
                    watchers.know(key.user(), known -> known.with(key.room()));
                    watchers.here(key.user(), new Event.RoomAdded(room));
                });
            }
        }
    }
}
