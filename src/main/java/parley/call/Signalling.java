package parley.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.hub.Connection;
import parley.journal.Views;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.CallCommand;
import parley.protocol.Codec;
import parley.protocol.Event.Signal;
import parley.protocol.Frame;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.room.RoomView;
import parley.settings.Settings;
import parley.threads.ReaderPool;

/**
 * Passes signals between the participants of a call. Only a connection that is in the call sends and receives them. Signals of one
 * connection keep their order. Safe for every thread; never waits.
 */
@ApplicationScoped
public class Signalling {

    private LiveCalls live;
    private CallStore store;
    private Views views;
    private ReaderPool readers;
    private Event<SignalSent> sent;
    private String node;
    private Counter delivered;
    private Counter forwarded;
    private Counter dropped;
    private Counter refused;

    /** For the container's proxy. */
    protected Signalling() {
    }

    @Inject
    Signalling(LiveCalls live, CallStore store, Views views, ReaderPool readers, Event<SignalSent> sent, Settings settings,
               Metrics metrics) {
        this.live = live;
        this.store = store;
        this.views = views;
        this.readers = readers;
        this.sent = sent;
        node = settings.instance().name();
        delivered = counter(metrics, "delivered");
        forwarded = counter(metrics, "forwarded");
        dropped = counter(metrics, "dropped");
        refused = counter(metrics, "refused");
    }

    private static Counter counter(Metrics metrics, String outcome) {
        return metrics.count("parley_call_signals_total", "Signals of calls: delivered to a connection of this instance, forwarded to the "
                + "other instances, dropped because a connection reads too slowly, or refused.", "outcome", outcome);
    }

    /** Sends a signal. Returns the reply, which is sent only if the command has an id. */
    public CompletableFuture<Reply> send(Connection from, CallCommand.Signal command) {
        return from.inTurn(() -> refusal(from, command)).thenApply(problem -> {
            if (problem.isPresent()) {
                refused.increment();
                return new Reply.Refused(command.id(), problem.get());
            }
            return new Reply.Done(command.id());
        });
    }

    /** A participant on another instance sent a signal. */
    public void elsewhere(SignalSent signal) {
        deliver(signal);
    }

    private CompletableFuture<Optional<Problem>> refusal(Connection from, CallCommand.Signal command) {
        Optional<CallsHere.Here> mine = live.here().of(command.room(), from);
        if (mine.isEmpty()) {
            return views.of(command.room()).thenApply(view -> Optional.of(mayJoin(view, from).orElseGet(CallRules::notInCall)));
        }
        Optional<Problem> refusal = views.cached(command.room()).flatMap(view -> mayJoin(Optional.of(view), from));
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal);
        }
        Optional<CallState> known = live.here().state(command.room());
        return known.filter(state -> isIn(state, command)).isPresent() ? CompletableFuture.completedFuture(pass(mine.get(), command, known))
                : readers.read(() -> pass(mine.get(), command, read(command.room())));
    }

    private static Optional<Problem> mayJoin(Optional<RoomView> view, Connection from) {
        return view.map(room -> CallRules.joining(room, from.caller().actor(), Instant.now()))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom()));
    }

    // A person who joined on another instance may not be known here yet.
    private Optional<CallState> read(String room) {
        Optional<CallState> state = Optional.ofNullable(store.states(List.of(room)).get(room));
        state.ifPresent(live::put);
        return state;
    }

    private static boolean isIn(CallState state, CallCommand.Signal command) {
        return !to(state, command).isEmpty();
    }

    private static List<CallState.Participant> to(CallState state, CallCommand.Signal command) {
        return state.of(command.to()).stream().filter(participant -> command.participant().filter(id -> !participant.id().equals(id))
                .isEmpty()).toList();
    }

    private Optional<Problem> pass(CallsHere.Here mine, CallCommand.Signal command, Optional<CallState> state) {
        List<CallState.Participant> to = state.filter(call -> call.call().equals(mine.call())).map(call -> to(call, command))
                .orElse(List.of());
        if (to.isEmpty()) {
            return Optional.of(Problem.conflict("This person is not in the call."));
        }
        SignalSent signal = new SignalSent(new Signal(command.room(), mine.call(), mine.connection().caller().user(), mine.id(),
                command.data()), command.to(), command.participant().orElse(""));
        deliver(signal);
        if (to.stream().anyMatch(participant -> !participant.node().equals(node))) {
            forwarded.increment();
            sent.fire(signal);
        }
        return Optional.empty();
    }

    private void deliver(SignalSent sent) {
        Signal signal = sent.signal();
        List<Connection> to = live.here().in(signal.room()).stream().filter(mine -> mine.call().equals(signal.call())
                && mine.connection().caller().id().equals(sent.to()) && !mine.id().equals(signal.participant())
                && (sent.participant().isEmpty() || mine.id().equals(sent.participant()))).map(CallsHere.Here::connection).toList();
        if (!to.isEmpty()) {
            Frame frame = Codec.encode(signal);
            to.forEach(connection -> (connection.tell(frame) ? delivered : dropped).increment());
        }
    }
}
