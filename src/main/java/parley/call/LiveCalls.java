package parley.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import parley.hub.Connection;
import parley.hub.RoomBroadcast;
import parley.metrics.Metrics;
import parley.protocol.ErrorCode;
import parley.protocol.Event;

/** The {@link CallsHere} of this instance, and what connections are told about them. Safe for every thread; never waits. */
@ApplicationScoped
class LiveCalls {

    private RoomBroadcast broadcast;
    private CallsHere calls;

    /** For the container's proxy. */
    LiveCalls() {
    }

    @Inject
    LiveCalls(RoomBroadcast broadcast, Metrics metrics) {
        this.broadcast = broadcast;
        calls = new CallsHere((state, connections) ->
                broadcast.to(state.room(), new Event.CallPeople(state.room(), state.call(), state.shown()), connections));
        metrics.gauge("parley_calls", "Calls with a participant on this instance.", () -> calls.calls());
        metrics.gauge("parley_call_participants", "Participants of calls on this instance.", () -> calls.participants());
    }

    CallsHere here() {
        return calls;
    }

    /** Forgets calls that matter to nobody here. */
    void forgetUnneeded() {
        calls.keep(broadcast::hasSubscriptions);
    }

    /** Whether the call of a room matters on this instance. */
    boolean matters(String room) {
        return broadcast.hasSubscriptions(room) || calls.state(room).isPresent();
    }

    /** Takes a state of a call, and tells who is in it no longer. */
    void put(CallState state) {
        tellReplaced(state, calls.put(state));
    }

    /** A connection has joined a call with this state. */
    void join(CallState state, String participant, Connection connection) {
        tellReplaced(state, calls.join(state, participant, connection));
    }

    /** The call of a room is over, whichever it is. */
    void end(String room) {
        tellLeft(calls.end(room), ErrorCode.GONE, false);
    }

    /** The same for one call of the room. A later call goes on. */
    void end(String room, String call) {
        tellLeft(calls.end(room, call), ErrorCode.GONE, false);
    }

    // A page whose participant another connection continues must not join again: they would take it from each other.
    private void tellReplaced(CallState state, List<CallsHere.Here> left) {
        left.forEach(mine -> {
            boolean continued = state.participant(mine.id()).isPresent();
            tellLeft(List.of(mine), continued ? ErrorCode.CONFLICT : ErrorCode.GONE, !continued);
        });
    }

    void tellLeft(List<CallsHere.Here> left, ErrorCode code, boolean rejoin) {
        left.forEach(mine -> mine.connection().say(new Event.CallLeft(mine.room(), mine.call(), mine.id(), code, rejoin)));
    }
}
