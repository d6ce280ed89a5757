package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import parley.protocol.Event;
import parley.protocol.Online;

/**
 * The users online in each room, on this instance and on the others. Changes are collected and sent at the next {@link #tick}, so that many
 * arrivals at once are one event. A user whose last subscription to a room ends stays online there for {@link #LINGER}, so that a
 * reconnect, here or on another instance, causes no event. Bounded by the subscriptions of the cluster. Safe for every thread; no call
 * waits.
 */
@ApplicationScoped
public class Presence {

    /** How long a user stays online in a room after the last subscription here ended, in nanoseconds. */
    static final long LINGER = TimeUnit.SECONDS.toNanos(3);
    /** The shortest time between two events of a room with too many users to list, in nanoseconds. */
    static final long CROWD = TimeUnit.SECONDS.toNanos(3);

    /** With more changes that nobody has taken, all of them are dropped: the other instances then need a snapshot. */
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
        private int online;
        private long toldAt;

        Room(long now) {
            toldAt = now - CROWD;
        }

        boolean isCrowd() {
            return online > Online.LISTED;
        }

        Online online() {
            return new Online(online, isCrowd() ? List.of() : people.entrySet().stream()
                    .filter(one -> one.getValue().isOnline()).map(Map.Entry::getKey).toList());
        }
    }

    private final LongSupplier nanoTime;

    // All below are guarded by this.
    private final Map<String, Room> rooms = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();
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

    synchronized void came(String room, String user) {
        change(room, user, someone -> {
            someone.connections++;
            someone.lingers = false;
        });
    }

    synchronized void went(String room, String user) {
        change(room, user, someone -> {
            someone.connections--;
            someone.lingers = someone.connections == 0;
            someone.wentAt = nanoTime.getAsLong();
        });
    }

    /** The users who are online in a room now; none in a room without subscriptions. */
    synchronized Online online(String room) {
        Room there = rooms.get(room);
        return there == null ? new Online(0, List.of()) : there.online();
    }

    /** Whether this user is online in this room, on any instance. */
    public synchronized boolean isOnline(String room, String user) {
        Room there = rooms.get(room);
        Someone someone = there == null ? null : there.people.get(user);
        return someone != null && someone.isOnline();
    }

    /** Applies a change in a room that another instance reported. */
    public synchronized void elsewhere(String node, String room, List<String> came, List<String> went) {
        came.forEach(user -> change(room, user, someone -> someone.nodes.add(node)));
        went.forEach(user -> change(room, user, someone -> someone.nodes.remove(node)));
    }

    /** Replaces all online users of another instance. The map has their ids by room. */
    public synchronized void replace(String node, Map<String, List<String>> users) {
        gone(node);
        users.forEach((room, there) -> elsewhere(node, room, there, List.of()));
    }

    /** Removes the online users of another instance, for example because it has stopped. */
    public synchronized void gone(String node) {
        for (Map.Entry<String, Room> room : List.copyOf(rooms.entrySet())) {
            List<String> there = room.getValue().people.entrySet().stream()
                    .filter(one -> one.getValue().nodes.contains(node)).map(Map.Entry::getKey).toList();
            elsewhere(node, room.getKey(), List.of(), there);
        }
    }

    /** Returns the changes on this instance since the last call, for the other instances; empty if there were too many to keep. */
    public synchronized Optional<List<Change>> announcements() {
        Optional<List<Change>> taken = areComplete ? Optional.of(announcements) : Optional.empty();
        announcements = new ArrayList<>();
        areComplete = true;
        return taken;
    }

    // Without a broker nobody takes them.
    private void announce(Change change) {
        if (announcements.size() >= MOST_ANNOUNCEMENTS) {
            announcements = new ArrayList<>();
            areComplete = false;
        }
        if (areComplete) {
            announcements.add(change);
        }
    }

    /** The online users of this instance by room, as announced so far. */
    public synchronized Map<String, List<String>> here() {
        Map<String, List<String>> users = new HashMap<>();
        rooms.forEach((id, room) -> {
            List<String> announced = room.people.entrySet().stream()
                    .filter(one -> one.getValue().announced).map(Map.Entry::getKey).toList();
            if (!announced.isEmpty()) {
                users.put(id, announced);
            }
        });
        return users;
    }

    /** Sends the changes of each room as one event. Called a few times a second. */
    void tick(Consumer<Event.Presence> tell) {
        List<Event.Presence> told = new ArrayList<>();
        synchronized (this) {
            long now = nanoTime.getAsLong();
            for (String id : List.copyOf(changed)) {
                settle(id, rooms.get(id), now, told);
            }
        }
        told.forEach(tell);
    }

    private void change(String room, String user, Consumer<Someone> change) {
        Room there = rooms.computeIfAbsent(room, id -> new Room(nanoTime.getAsLong()));
        Someone someone = there.people.computeIfAbsent(user, id -> new Someone());
        boolean was = someone.isOnline();
        change.accept(someone);
        there.online += (someone.isOnline() ? 1 : 0) - (was ? 1 : 0);
        there.changed.add(user);
        changed.add(room);
    }

    private void settle(String id, Room room, long now, List<Event.Presence> told) {
        List<String> came = new ArrayList<>();
        List<String> went = new ArrayList<>();
        for (String user : List.copyOf(room.changed)) {
            Someone someone = room.people.get(user);
            if (someone.lingers && now - someone.wentAt >= LINGER) {
                someone.lingers = false;
                room.online -= someone.isOnline() ? 0 : 1;
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
        if (room.changed.isEmpty()) {
            changed.remove(id);
        }
        if (room.people.isEmpty()) {
            rooms.remove(id);
        }
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
