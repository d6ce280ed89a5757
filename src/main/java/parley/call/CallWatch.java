package parley.call;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import parley.health.Started;
import parley.hub.Connection;
import parley.hub.ConnectionGone;
import parley.hub.HeadsCompared;
import parley.hub.Overheard;
import parley.journal.Committed;
import parley.journal.Journal;
import parley.journal.Views;
import parley.protocol.CallChange;
import parley.protocol.ErrorCode;
import parley.protocol.MemberChange;
import parley.protocol.RoomChange;
import parley.room.RoomView;
import parley.threads.ManagedThreads;
import parley.threads.Unattended;

/**
 * Keeps what this instance knows of calls up to date, on one thread: reads calls that have changed here or elsewhere, notes connections
 * that were lost, and logs the end of calls that everyone has left. Ends participants at once when their person loses the right. Safe for
 * every thread; only its own thread waits for the database.
 */
@ApplicationScoped
public class CallWatch {

    private static final Logger LOG = Logger.getLogger(CallWatch.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** How often the calls that matter here are read, because a message of another instance may have been lost. */
    private static final long COMPARE_NANOS = Duration.ofSeconds(2).toNanos();

    /** A connection in the call of a room. */
    private record Place(String room, String session) {}

    /** Since when a connection is gone, and whether its participant leaves at once. */
    private record Lost(Instant at, boolean leaves) {}

    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    /** What the database does not know yet: at most one for each connection and room. */
    private final Map<Place, Lost> lost = new ConcurrentHashMap<>();

    @Inject
    private LiveCalls live;
    @Inject
    private CallStore store;
    @Inject
    private Views views;
    @Inject
    private Journal journal;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Event<CallMoved> moved;

    private boolean started;
    // Used only by the watching thread.
    private long comparedAt = System.nanoTime();

    void start(@Observes @Priority(Started.NEEDS_THE_DATABASE) Started event) {
        // One transaction for each call: the journal locks calls in another order.
        store.here().forEach(room -> store.restarted(room, Instant.now()));
        if (!started) {
            started = true;
            managed.repeat("calls", PAUSE, this::look);
        }
    }

    /** This instance changed who is in the call of a room. */
    void moved(String room) {
        changed.add(room);
        moved.fire(new CallMoved(room));
    }

    /** Another instance changed who is in the call of a room. */
    public void elsewhere(String room) {
        if (live.matters(room)) {
            changed.add(room);
        }
    }

    void connectionGone(@Observes ConnectionGone gone) {
        connectionGone(gone.connection());
    }

    void connectionGone(Connection connection) {
        live.here().remove(connection).forEach(mine -> lost(mine.room(), connection));
    }

    /** The participant of a connection is here no longer, or never was, and its row, if there is one, has to be changed. */
    void lost(String room, Connection connection) {
        lost(room, connection, Instant.now(), connection.isSignedOut());
    }

    private void lost(String room, Connection connection, Instant at, boolean leaves) {
        lost.merge(new Place(room, connection.session()), new Lost(at, leaves), (before, now) -> before.leaves ? before : now);
    }

    void committed(@Observes Committed committed) {
        committed.rooms().forEach(this::committed);
    }

    private void committed(Committed.RoomBatch batch) {
        batch.events().forEach(event -> {
            switch (event.change()) {
                case CallChange.Started begun -> elsewhere(event.room());
                case CallChange.Ended ended -> live.end(event.room(), ended.call());
                case RoomChange.Closed closed -> live.end(event.room());
                case MemberChange change when CallRules.ends(change) && live.here().state(event.room()).isPresent() ->
                        endUnentitled(views.cached(event.room()).filter(view -> view.epoch().equals(batch.view().epoch()))
                                .orElse(batch.view()));
                default -> { }
            }
        });
    }

    // The missed events may have ended rights.
    void overheard(@Observes Overheard overheard) {
        if (live.here().state(overheard.room()).isPresent()) {
            views.doubt(overheard.room());
            checkRights(overheard.room());
        }
    }

    void headsCompared(@Observes HeadsCompared compared) {
        for (String room : live.here().rooms()) {
            if (compared.all() || compared.rooms().contains(room)) {
                // A comparison of all rooms confirms the views itself.
                if (!compared.all()) {
                    views.doubt(room);
                }
                checkRights(room);
            }
        }
    }

    private void checkRights(String room) {
        Unattended.log(views.of(room).thenAccept(view -> view.ifPresentOrElse(this::endUnentitled, () -> live.end(room))), LOG,
                "The rights in a room with a call could not be read; the next comparison reads them");
    }

    private void endUnentitled(RoomView view) {
        Instant now = Instant.now();
        List<CallsHere.Here> ended = live.here().remove(view.id(),
                mine -> CallRules.joining(view, mine.connection().caller().actor(), now).isPresent());
        live.tellLeft(ended, ErrorCode.FORBIDDEN, false);
        // The transaction that ended the right has removed the rows as a rule. Others have to learn of it.
        ended.forEach(mine -> lost(mine.room(), mine.connection(), now, true));
        changed.add(view.id());
    }

    private void look() {
        storeLost();
        long now = System.nanoTime();
        boolean compare = now - comparedAt >= COMPARE_NANOS;
        if (compare) {
            comparedAt = now;
            live.forgetUnneeded();
            changed.addAll(live.here().rooms());
        }
        if (!changed.isEmpty()) {
            List<String> rooms = List.copyOf(changed);
            changed.removeAll(rooms);
            try {
                read(rooms);
            } catch (RuntimeException failed) {
                changed.addAll(rooms);
                throw failed;
            }
        }
    }

    private void storeLost() {
        lost.forEach((place, how) -> {
            if (how.leaves) {
                store.leave(place.room, place.session, how.at);
            } else {
                store.lose(place.room, place.session, how.at);
            }
            lost.remove(place, how);
            moved(place.room);
        });
    }

    private void read(List<String> rooms) {
        // A call that starts after the query is not among the states, and goes on.
        Map<String, String> before = live.here().ids(rooms);
        Map<String, CallState> states = store.states(rooms);
        for (String room : rooms) {
            CallState state = states.get(room);
            if (state == null) {
                Optional.ofNullable(before.get(room)).ifPresent(call -> live.end(room, call));
            } else {
                findAgain(state);
                if (live.matters(room)) {
                    take(state);
                }
                if (state.ended()) {
                    logEnd(room);
                }
            }
        }
    }

    private void take(CallState state) {
        if (live.here().in(state.room()).stream().allMatch(mine -> state.participant(mine.id()).isPresent())) {
            live.put(state);
            return;
        }
        // The transaction that removed a participant may have ended a right, and the view here may be older than that transaction.
        views.doubt(state.room());
        Unattended.log(views.of(state.room()).thenAccept(view -> {
            view.ifPresent(this::endUnentitled);
            live.put(state);
        }), LOG, "The rights of a person who left a call could not be read; the next comparison reads them");
    }

    // After a long pause of this instance, others take its connections for lost.
    private void findAgain(CallState state) {
        List<String> found = new ArrayList<>();
        live.here().in(state.room()).forEach(mine -> state.participant(mine.id())
                .filter(there -> there.lost() && there.session().equals(mine.connection().session()))
                .ifPresent(there -> found.add(there.session())));
        found.forEach(session -> store.lose(state.room(), session, null));
        if (!found.isEmpty()) {
            moved(state.room());
        }
    }

    /** Logs the end of the call of a room, if everyone has left it. */
    void logEnd(String room) {
        Optional<EndCall> ending = store.ending(room);
        ending.ifPresent(end -> Unattended.log(journal.submit(end), LOG, "The end of a call could not be logged; the sweep tries again"));
    }
}
