package parley.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import parley.hub.Connection;

/**
 * The calls that matter to this instance, as it last read them, and the connections of this instance that are in them. States of a call may
 * arrive in any order: an older one is ignored. Safe for every thread; never waits. Bounded by the calls that are on.
 */
final class CallsHere {

    /** A participant whose connection is on this instance. */
    record Here(String room, String call, String id, Connection connection) {}

    private static final class Known {
        private CallState state;
        private final Map<String, Connection> here = new HashMap<>();

        private Known(CallState state) {
            this.state = state;
        }

        private List<Here> all() {
            List<Here> all = new ArrayList<>();
            here.forEach((id, connection) -> all.add(new Here(state.room(), state.call(), id, connection)));
            return all;
        }
    }

    // All below are guarded by this.
    private final Map<String, Known> rooms = new HashMap<>();
    private final BiConsumer<CallState, Collection<Connection>> tell;

    /** @param tell tells subscribers, and these connections, who is in a call now; called in the order of the states, must not wait */
    CallsHere(BiConsumer<CallState, Collection<Connection>> tell) {
        this.tell = tell;
    }

    /** Takes a state of a call. Returns the participants of this instance that are in it no longer. */
    synchronized List<Here> put(CallState state) {
        Known known = rooms.get(state.room());
        if (known == null) {
            rooms.put(state.room(), new Known(state));
            if (!state.people().isEmpty()) {
                tell.accept(state, List.of());
            }
            return List.of();
        }
        return replace(known, state);
    }

    private List<Here> replace(Known known, CallState state) {
        CallState before = known.state;
        if (state.isAfter(before)) {
            known.state = state;
        }
        List<Here> gone = known.all().stream().filter(mine -> !isIn(known.state, mine)).toList();
        gone.forEach(mine -> known.here.remove(mine.id));
        if (!before.call().equals(known.state.call()) || !before.shown().equals(known.state.shown())) {
            tell.accept(known.state, List.copyOf(known.here.values()));
        }
        return gone;
    }

    private static boolean isIn(CallState state, Here mine) {
        return state.participant(mine.id).filter(there -> there.session().equals(mine.connection.session())).isPresent();
    }

    /** Adds the participant of a connection, which has joined with this state. Returns as {@link #put}. */
    synchronized List<Here> join(CallState state, String participant, Connection connection) {
        Known known = rooms.computeIfAbsent(state.room(), room -> new Known(state.withoutPeople()));
        known.here.values().removeIf(other -> other == connection);
        Connection before = known.here.put(participant, connection);
        List<Here> gone = new ArrayList<>(replace(known, state));
        if (before != null) {
            gone.add(new Here(state.room(), state.call(), participant, before));
        }
        return gone;
    }

    /** The call of this room is over, whichever it is. Returns the participants of this instance that were in it. */
    synchronized List<Here> end(String room) {
        Known known = rooms.remove(room);
        return known == null ? List.of() : known.all();
    }

    /** The same for one call of the room. A later call goes on. */
    synchronized List<Here> end(String room, String call) {
        return state(room).filter(state -> state.call().equals(call)).isPresent() ? end(room) : List.of();
    }

    /** Removes participants of this instance that pass a test, and returns them. */
    synchronized List<Here> remove(String room, Predicate<Here> which) {
        Known known = rooms.get(room);
        List<Here> removed = known == null ? List.of() : known.all().stream().filter(which).toList();
        removed.forEach(mine -> known.here.remove(mine.id));
        return removed;
    }

    /** Removes a connection that is gone from its calls. */
    synchronized List<Here> remove(Connection connection) {
        List<Here> removed = new ArrayList<>();
        List.copyOf(rooms.keySet()).forEach(room -> removed.addAll(remove(room, mine -> mine.connection == connection)));
        return removed;
    }

    /** Forgets calls without a participant here in rooms that do not pass a test. */
    synchronized void keep(Predicate<String> room) {
        rooms.entrySet().removeIf(known -> known.getValue().here.isEmpty() && !room.test(known.getKey()));
    }

    /** The call of a room, if it matters here. */
    synchronized Optional<CallState> state(String room) {
        return Optional.ofNullable(rooms.get(room)).map(known -> known.state);
    }

    /** The ids of the calls in these rooms, by room. */
    synchronized Map<String, String> ids(Collection<String> of) {
        Map<String, String> ids = new HashMap<>();
        of.forEach(room -> state(room).ifPresent(state -> ids.put(room, state.call())));
        return ids;
    }

    /** The participant of a connection in the call of a room. */
    synchronized Optional<Here> of(String room, Connection connection) {
        return in(room).stream().filter(mine -> mine.connection == connection).findFirst();
    }

    /** The participants of this instance in the call of a room. */
    synchronized List<Here> in(String room) {
        Known known = rooms.get(room);
        return known == null ? List.of() : known.all();
    }

    /** The rooms of these calls. */
    synchronized List<String> rooms() {
        return List.copyOf(rooms.keySet());
    }

    /** How many calls have a participant on this instance. */
    synchronized long calls() {
        return rooms.values().stream().filter(known -> !known.here.isEmpty()).count();
    }

    /** How many participants are on this instance. */
    synchronized int participants() {
        return rooms.values().stream().mapToInt(known -> known.here.size()).sum();
    }
}
