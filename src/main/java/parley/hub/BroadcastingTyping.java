package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.identity.Actor;
import parley.journal.Views;
import parley.people.Blocks;
import parley.protocol.ConnectionCommand;
import parley.protocol.Event;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.ReaderPool;

/**
 * Broadcasts that a user starts or stops typing, if the user may post in the room. Stores nothing. In a direct room of two, a thread of the
 * reader pool asks whether the other person has blocked the user.
 */
@ApplicationScoped
public class BroadcastingTyping {

    @Inject
    private Feeds feeds;
    @Inject
    private Views views;
    @Inject
    private Blocks blocks;
    @Inject
    private ReaderPool readers;
    @Inject
    private jakarta.enterprise.event.Event<TypingChanged> changed;

    /** Broadcasts the typing of a user of another instance to the subscriptions of this one. */
    public void elsewhere(Event.Typing typing) {
        feeds.broadcast(typing.room(), typing, subscription -> true);
    }

    /**
     * Broadcasts to all other subscriptions of the room, on every instance. Returns the reply, which the caller sends only if the command
     * has an id.
     */
    public CompletableFuture<Reply> tell(Connection from, ConnectionCommand.Typing command) {
        return views.of(command.room()).thenCompose(view -> refusal(view, from.caller().actor())).thenApply(refused -> {
            if (refused.isPresent()) {
                return new Reply.Refused(command.id(), refused.get());
            }
            Event.Typing typing = new Event.Typing(command.room(), from.caller().user(), command.on());
            feeds.broadcast(typing.room(), typing, subscription -> subscription.connection() != from);
            changed.fire(new TypingChanged(typing));
            return new Reply.Done(command.id());
        });
    }

    private CompletableFuture<Optional<Problem>> refusal(Optional<RoomView> view, Actor by) {
        Optional<Problem> refused = view.map(room -> RoomPolicy.posting(room, by, Instant.now()))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom()));
        return refused.isPresent() || !view.orElseThrow().isDirect() ? CompletableFuture.completedFuture(refused)
                : readers.read(() -> RoomPolicy.writing(view.orElseThrow(), by, blocks::blocked));
    }
}
