package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.journal.Views;
import parley.protocol.ConnectionCommand;
import parley.protocol.Event;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.room.RoomPolicy;

/** Broadcasts that a user starts or stops typing, if the user may post in the room. Stores nothing. */
@ApplicationScoped
public class BroadcastingTyping {

    @Inject
    private Feeds feeds;
    @Inject
    private Views views;
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
        return views.of(command.room()).thenApply(view -> {
            Optional<Problem> refused = view.map(room -> RoomPolicy.posting(room, from.caller().actor(), Instant.now()))
                    .orElseGet(() -> Optional.of(Problem.noSuchRoom()));
            if (refused.isPresent()) {
                return new Reply.Refused(command.id(), refused.get());
            }
            Event.Typing typing = new Event.Typing(command.room(), from.caller().user(), command.on());
            feeds.broadcast(typing.room(), typing, subscription -> subscription.connection() != from);
            changed.fire(new TypingChanged(typing));
            return new Reply.Done(command.id());
        });
    }
}
