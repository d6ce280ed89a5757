package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import parley.protocol.Event;
import parley.protocol.Online;

/**
 * The users online in the rooms that someone on this instance listens to: here and on the other instances. The bus asks the others when
 * the first listener of a room arrives, and what they say about any other room is ignored. Changes are collected and sent at the next
 * {@link #tick}, so that many arrivals at once are one event. A user whose last subscription to a room ends stays online there for {@link
 * #LINGER}, so that a reconnect, here or on another instance, causes no event. Bounded by the subscriptions to rooms with a listener here.
 * Safe for every thread; no call waits, and none holds more than one room at a time.
 */
@ApplicationScoped
public class Presence {

    /** How long a user stays online in a room after the last subscription here ended, in nanoseconds. */
    static final long LINGER = TimeUnit.SECONDS.toNanos(3);
    /** The shortest time between two events of a room with too many users to list, in nanoseconds. */
    static final long CROWD = TimeUnit.SECONDS.toNanos(3);
    /** How long a room without a listener is held after someone asked who is online there, in nanoseconds. */
    static final long LOOK = TimeUnit.SECONDS.toNanos(30);
    /** How long {@link #look} waits for the other instances, in milliseconds. */
    static final long LOOK_MILLIS = 1_000;
    /** With more rooms that are held for {@link #LOOK}, only the users of this instance are known in a further one. */
    static final int MOST_LOOKED_AT = 1_000;

    /** With more changes that nobody has taken, all of them are dropped: the other instances then ask again. */
    static final int MOST_ANNOUNCEMENTS = 10_000;

    /** The users who came online in a room on this instance, and those who went offline. */
    public record Change(String room, List<String> came, List<String> went) {}

    private static final class Someone {
        /** The other instances where the user is online. */
        private final Set<String> nodes = new HashSet<>(2);
        /** The number of the user's subscriptions on this instance. */
        private int connections;
        private long wentAt;
        private boolean lingers;
        /** Whether the other instances were informed that the user is online here. */
        private boolean announced;
        /** Whether the clients of this instance were informed that the user is online. */
        private boolean told;

        boolean isHere() {
            return connections > 0 || lingers;
        }

        boolean isOnline() {
            return isHere() || !nodes.isEmpty();
        }
    }

    private static final class Room {
        private final Map<String, Someone> people = new TreeMap<>();
        private final Set<String> changed = new LinkedHashSet<>();
        /** Completes when the other instances have said who is online there. */
        private final CompletableFuture<Void> known;
        private int online;
        private int here;
        private long toldAt;
        private boolean lookedAt;
        private long heldUntil;

        Room(long now, CompletableFuture<Void> known) {
            this.known = known;
            toldAt = now - CROWD;
        }

        boolean isCrowd() {
            return online > Online.LISTED;
        }

        Online online() {
            return new Online(online, isCrowd() ? List.of() : people.entrySet().stream()
                    .filter(one -> one.getValue().isOnline()).map(Map.Entry::getKey).toList());
        }

        List<String> announced() {
            return people.entrySet().stream().filter(one -> one.getValue().announced).map(Map.Entry::getKey).toList();
        }

        /** Changes what is known of a user. */
        void change(String user, Consumer<Someone> change) {
            Someone someone = people.computeIfAbsent(user, id -> new Someone());
            boolean wasOnline = someone.isOnline();
            boolean wasHere = someone.isHere();
            change.accept(someone);
            online += (someone.isOnline() ? 1 : 0) - (wasOnline ? 1 : 0);
            here += (someone.isHere() ? 1 : 0) - (wasHere ? 1 : 0);
            changed.add(user);
        }
    }

    private final LongSupplier nanoTime;
    // Each room is read and changed only inside compute, which locks it and no other.
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    /** Rooms whose users on the other instances nobody has asked for yet. */
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lookedAt = new AtomicInteger();
    private volatile BooleanSupplier asker;

    private final Object announcing = new Object();
    // Both are guarded by announcing.
    private List<Change> announcements = new ArrayList<>();
    private boolean areComplete = true;

    /** For the container: uses {@link System#nanoTime}. */
    public Presence() {
        this(System::nanoTime);
    }

    /** @param nanoTime replaces {@link System#nanoTime} in tests */
    Presence(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Sets what asks the other instances; without it, this instance is alone.
     *
     * @param ask is called after a room was added to what {@link #takeWanted} returns; must not wait; returns whether the others are asked
     */
    public void askOthersBy(BooleanSupplier ask) {
        asker = ask;
    }

    /** The rooms that got their first listener since the last call. */
    public Set<String> takeWanted() {
        Set<String> taken = new HashSet<>(wanted);
        wanted.removeAll(taken);
        return taken;
    }

    /** All other instances have said who is online in these rooms, or there are none. */
    public void known(Collection<String> ids) {
        for (String id : ids) {
            Room there = rooms.get(id);
            if (there != null) {
                there.known.complete(null);
            }
        }
    }

    /** The rooms that are held: someone here listens to them, or did a moment ago. */
    public List<String> held() {
        return List.copyOf(rooms.keySet());
    }

    void came(String room, String user) {
        changeHere(room, there -> there.change(user, someone -> {
            someone.connections++;
            someone.lingers = false;
        }));
    }

    void went(String room, String user) {
        changeHere(room, there -> there.change(user, someone -> {
            someone.connections--;
            someone.lingers = someone.connections == 0;
            someone.wentAt = nanoTime.getAsLong();
        }));
    }

    private void changeHere(String room, Consumer<Room> change) {
        boolean[] isNew = new boolean[1];
        rooms.compute(room, (id, there) -> {
            Room held = there;
            if (held == null) {
                held = open(id);
                isNew[0] = true;
            }
            change.accept(held);
            changed.add(id);
            return held;
        });
        BooleanSupplier ask = asker;
        if (isNew[0] && ask != null && !ask.getAsBoolean()) {
            known(List.of(room));
        }
    }

    // Inside compute.
    private Room open(String id) {
        if (asker == null) {
            return new Room(nanoTime.getAsLong(), CompletableFuture.completedFuture(null));
        }
        wanted.add(id);
        return new Room(nanoTime.getAsLong(), new CompletableFuture<>());
    }

    /**
     * Completes when this instance knows who is online in a room, on any instance, or after a second. Without a listener here, the others
     * are asked, and the room is held for a while.
     */
    public CompletableFuture<Void> look(String room) {
        if (asker == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (!rooms.containsKey(room) && lookedAt.get() >= MOST_LOOKED_AT) {
            return CompletableFuture.completedFuture(null);
        }
        changeHere(room, there -> {
            if (!there.lookedAt) {
                there.lookedAt = true;
                lookedAt.incrementAndGet();
            }
            there.heldUntil = nanoTime.getAsLong() + LOOK;
        });
        Room there = rooms.get(room);
        return there == null ? CompletableFuture.completedFuture(null)
                : there.known.copy().completeOnTimeout(null, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The users who are online in a room now; none in a room that is not held. */
    Online online(String room) {
        return read(room, there -> there.online(), () -> new Online(0, List.of()));
    }

    /** Whether this user is online in this room, on any instance, as far as this instance knows: {@link #look} first. */
    public boolean isOnline(String room, String user) {
        return read(room, there -> {
            Someone someone = there.people.get(user);
            return someone != null && someone.isOnline();
        }, () -> false);
    }

    @SuppressWarnings("unchecked")
    private <T> T read(String room, Function<Room, T> reading, Supplier<T> otherwise) {
        Object[] found = new Object[1];
        Room there = rooms.computeIfPresent(room, (id, held) -> {
            found[0] = reading.apply(held);
            return held;
        });
        return there == null ? otherwise.get() : (T) found[0];
    }

    /** Applies a change in a room that another instance reported. */
    public void elsewhere(String node, String room, List<String> came, List<String> went) {
        rooms.computeIfPresent(room, (id, there) -> {
            came.forEach(user -> there.change(user, someone -> someone.nodes.add(node)));
            went.forEach(user -> there.change(user, someone -> someone.nodes.remove(node)));
            changed.add(id);
            return there;
        });
    }

    /** Replaces the online users of another instance in a room. */
    public void replace(String node, String room, Collection<String> users) {
        rooms.computeIfPresent(room, (id, there) -> {
            Set<String> now = new HashSet<>(users);
            List<String> gone = there.people.entrySet().stream()
                    .filter(one -> one.getValue().nodes.contains(node) && !now.contains(one.getKey())).map(Map.Entry::getKey).toList();
            gone.forEach(user -> there.change(user, someone -> someone.nodes.remove(node)));
            users.forEach(user -> there.change(user, someone -> someone.nodes.add(node)));
            changed.add(id);
            return there;
        });
    }

    /** Replaces all online users of another instance. The map has their ids by room. */
    public void replace(String node, Map<String, List<String>> users) {
        rooms.keySet().forEach(room -> replace(node, room, users.getOrDefault(room, List.of())));
    }

    /** Removes the online users of another instance, for example because it has stopped. */
    public void gone(String node) {
        replace(node, Map.of());
    }

    /** Returns the changes on this instance since the last call, for the other instances; empty if there were too many to keep. */
    public Optional<List<Change>> announcements() {
        synchronized (announcing) {
            Optional<List<Change>> taken = areComplete ? Optional.of(announcements) : Optional.empty();
            announcements = new ArrayList<>();
            areComplete = true;
            return taken;
        }
    }

    // Without a broker nobody takes them.
    private void announce(Change change) {
        synchronized (announcing) {
            if (announcements.size() >= MOST_ANNOUNCEMENTS) {
                announcements = new ArrayList<>();
                areComplete = false;
            }
            if (areComplete) {
                announcements.add(change);
            }
        }
    }

    /**
     * The online users of this instance in these rooms. May include changes that {@link #announcements} returns later; applying them again
     * changes nothing.
     */
    public Map<String, List<String>> here(Collection<String> ids) {
        Map<String, List<String>> users = new LinkedHashMap<>();
        ids.forEach(id -> users.put(id, read(id, Room::announced, List::of)));
        return users;
    }

    /** The same for all rooms with an online user of this instance. */
    public Map<String, List<String>> here() {
        Map<String, List<String>> users = new HashMap<>(here(rooms.keySet()));
        users.values().removeIf(List::isEmpty);
        return users;
    }

    /** Sends the changes of each room as one event. Called a few times a second. */
    void tick(Consumer<Event.Presence> tell) {
        List<Event.Presence> told = new ArrayList<>();
        long now = nanoTime.getAsLong();
        for (String changedRoom : changed) {
            rooms.compute(changedRoom, (id, room) -> {
                Room left = room == null ? null : settle(id, room, now, told);
                if (left == null) {
                    changed.remove(id);
                    wanted.remove(id);
                }
                return left;
            });
        }
        told.forEach(tell);
    }

    // Returns null if the room is no longer held: what other instances say about it is not kept without a listener.
    private Room settle(String id, Room room, long now, List<Event.Presence> told) {
        List<String> came = new ArrayList<>();
        List<String> went = new ArrayList<>();
        for (String user : List.copyOf(room.changed)) {
            Someone someone = room.people.get(user);
            if (someone.lingers && now - someone.wentAt >= LINGER) {
                room.change(user, one -> one.lingers = false);
            }
            if (someone.isHere() != someone.announced) {
                someone.announced = someone.isHere();
                (someone.announced ? came : went).add(user);
            }
        }
        if (!came.isEmpty() || !went.isEmpty()) {
            announce(new Change(id, came, went));
        }
        if (!room.isCrowd() || now - room.toldAt >= CROWD) {
            tell(id, room, told);
            room.toldAt = now;
        }
        room.changed.removeIf(user -> isSettled(room, user));
        if (room.lookedAt && now - room.heldUntil >= 0) {
            room.lookedAt = false;
            lookedAt.decrementAndGet();
        }
        if (room.changed.isEmpty() && !room.lookedAt) {
            changed.remove(id);
        }
        return room.here == 0 && !room.lookedAt ? null : room;
    }

    // A room with too many users to list gets only their number.
    private void tell(String id, Room room, List<Event.Presence> told) {
        List<String> joined = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String user : room.changed) {
            Someone someone = room.people.get(user);
            if (someone.isOnline() != someone.told) {
                someone.told = someone.isOnline();
                (someone.told ? joined : left).add(user);
            }
        }
        if (!joined.isEmpty() || !left.isEmpty()) {
            told.add(new Event.Presence(id, room.online(), room.isCrowd() ? List.of() : joined, room.isCrowd() ? List.of() : left));
        }
    }

    private boolean isSettled(Room room, String user) {
        Someone someone = room.people.get(user);
        if (someone.lingers || someone.told != someone.isOnline()) {
            return false;
        }
        if (!someone.isOnline()) {
            room.people.remove(user);
        }
        return true;
    }
}
