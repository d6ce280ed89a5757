package parley.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Connection;
import parley.identity.Actor;
import parley.journal.Views;
import parley.people.Blocks;
import parley.protocol.CallCommand;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.ReaderPool;

/** Joins and leaves calls for connections. Commands of one connection keep their order. Safe for every thread; never waits. */
@ApplicationScoped
public class Participating {

    private static final Logger LOG = Logger.getLogger(Participating.class.getName());

    private LiveCalls live;
    private CallStore store;
    private CallWatch watch;
    private Views views;
    private Blocks blocks;
    private ReaderPool readers;

    /** For the container's proxy. */
    protected Participating() {
    }

    @Inject
    Participating(LiveCalls live, CallStore store, CallWatch watch, Views views, Blocks blocks, ReaderPool readers) {
        this.live = live;
        this.store = store;
        this.watch = watch;
        this.views = views;
        this.blocks = blocks;
        this.readers = readers;
    }

    /** The proposal to start a call. Who starts it joins it then. */
    public Proposal starting(CallCommand.Start command, Actor by) {
        return new StartCall(command.room(), by, UUID.randomUUID().toString());
    }

    /**
     * Joins the call of a room.
     *
     * @param re the id of the command
     * @param participant the caller's participant that the connection continues; empty to join as a new one
     */
    public CompletableFuture<Reply> join(Connection from, long re, String room, Optional<String> participant) {
        return from.inTurn(() -> views.of(room).thenCompose(view -> {
            Optional<Problem> refused = refusal(view, from);
            return refused.isPresent() ? refused(re, refused.get()) : readers.read(() -> join(from, re, view.orElseThrow(), participant));
        }).exceptionally(failed -> {
            if (!wasRejected(failed)) {
                // The database may have stored the participant all the same. It counts as lost, unless the client joins again.
                watch.lost(room, from);
            }
            return new Reply.Refused(re, refusal(failed));
        }));
    }

    /** Leaves the call of a room. Refuses a connection that is not in it. */
    public CompletableFuture<Reply> leave(Connection from, CallCommand.Leave command) {
        return from.inTurn(() -> {
            if (live.here().remove(command.room(), mine -> mine.connection() == from).isEmpty()) {
                return views.of(command.room()).<Reply>thenApply(view ->
                        new Reply.Refused(command.id(), refusal(view, from).orElseGet(CallRules::notInCall)));
            }
            return readers.read(() -> left(from, command)).exceptionally(failed -> {
                // The participant counts as lost and is removed later.
                watch.lost(command.room(), from);
                return new Reply.Refused(command.id(), refusal(failed));
            });
        });
    }

    private Reply join(Connection from, long re, RoomView view, Optional<String> participant) {
        Optional<Problem> blocked = RoomPolicy.writing(view, from.caller().actor(), blocks::blocked);
        if (blocked.isPresent()) {
            return new Reply.Refused(re, blocked.get());
        }
        CallStore.Joined joined = store.join(view.id(), new CallStore.Joining(from.caller().user(), from.session(), participant,
                UUID.randomUUID().toString()), Instant.now());
        if (joined.refused().isPresent()) {
            return new Reply.Refused(re, joined.refused().get());
        }
        CallState state = joined.state().orElseThrow();
        live.join(state, joined.participant(), from);
        watch.moved(view.id());
        if (from.isGone()) {
            watch.connectionGone(from);
        }
        // Check the right again: it may have ended before the participant was added. Later changes find the participant.
        Optional<Problem> refused = refusal(Optional.of(views.cached(view.id()).orElse(view)), from);
        if (refused.isPresent()) {
            live.here().remove(view.id(), mine -> mine.connection() == from);
            store.leave(view.id(), from.session(), Instant.now());
            watch.moved(view.id());
            return new Reply.Refused(re, refused.get());
        }
        return new Reply.InCall(re, state.call(), Optional.of(joined.participant()), state.shown());
    }

    private Reply left(Connection from, CallCommand.Leave command) {
        Optional<CallState> after = store.leave(command.room(), from.session(), Instant.now());
        after.ifPresent(live::put);
        watch.moved(command.room());
        return after.<Reply>map(state -> new Reply.InCall(command.id(), state.call(), Optional.empty(), state.shown()))
                .orElseGet(() -> new Reply.Refused(command.id(), CallRules.notInCall()));
    }

    private static Optional<Problem> refusal(Optional<RoomView> view, Connection from) {
        return view.map(room -> CallRules.joining(room, from.caller().actor(), Instant.now()))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom()));
    }

    private static CompletableFuture<Reply> refused(long re, Problem problem) {
        return CompletableFuture.completedFuture(new Reply.Refused(re, problem));
    }

    private static boolean wasRejected(Throwable failed) {
        return cause(failed) instanceof RejectedExecutionException;
    }

    private static Throwable cause(Throwable failed) {
        return failed instanceof CompletionException ? failed.getCause() : failed;
    }

    private static Problem refusal(Throwable failed) {
        if (wasRejected(failed)) {
            return Problem.unavailable("Too many reads are waiting.");
        }
        LOG.log(Level.WARNING, "A call could not be changed", cause(failed));
        return Problem.unavailable("The call can't be changed now.");
    }
}
