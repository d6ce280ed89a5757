package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.hook.Webhooks;
import parley.identity.Actor;
import parley.journal.Views;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.RequestPool;

/** Does what a request wants of the hooks of a room, if the caller may manage them. */
@ApplicationScoped
class HookAccess {

    @Inject
    private RequestCaller caller;
    @Inject
    private Views views;
    @Inject
    private RequestPool readers;
    @Inject
    private ResponsePool answers;

    /** The caller, for the audit. */
    Webhooks.By by() {
        return new Webhooks.By(caller.get().id(), caller.address());
    }

    /** Refuses fields that are wrong, but only to callers who may manage the hooks. The work may wait for the database. */
    CompletionStage<Response> managing(String room, Fields fields, Function<RoomView, Response> work) {
        return managing(room, fields, work, CompletableFuture::completedFuture);
    }

    /**
     * The same with work that ends later.
     *
     * @param work may wait for the database
     * @param then must not wait
     */
    <T> CompletionStage<Response> managing(String room, Fields fields, Function<RoomView, T> work,
                                           Function<T, CompletableFuture<Response>> then) {
        Actor actor = caller.get().actor();
        return answers.of(views.of(room).thenCompose(found -> {
            Optional<Problem> refused = found.map(view -> RoomPolicy.connecting(view, actor, Instant.now()).or(fields::problem))
                    .orElse(Optional.of(Problem.noSuchRoom()));
            return refused.map(problem -> CompletableFuture.completedFuture(Problems.response(problem)))
                    .orElseGet(() -> readers.read(() -> work.apply(found.orElseThrow())).thenCompose(then));
        }));
    }

    /** Refuses a room whose messages are not stored: nothing could be handed over later. */
    static Optional<Problem> storesNothing(RoomView room) {
        return room.profile().retention().equals(Retention.NONE)
                ? Optional.of(Problem.conflict("This room stores no messages, so their events can't be handed over.")) : Optional.empty();
    }
}
