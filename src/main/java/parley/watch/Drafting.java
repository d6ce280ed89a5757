package parley.watch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.identity.Caller;
import parley.journal.Views;
import parley.protocol.Event;
import parley.protocol.Problem;
import parley.reading.Drafts;
import parley.room.RoomPolicy;
import parley.threads.ReaderPool;

/** Stores drafts, and tells the caller's connections. Never waits. */
@ApplicationScoped
public class Drafting {

    @Inject
    private Views views;
    @Inject
    private ReaderPool readers;
    @Inject
    private Drafts drafts;
    @Inject
    private Watchers watchers;

    /** Stores the draft of a member for a room; an empty text deletes it. Completes with the refusal, if there is one. */
    public CompletableFuture<Optional<Problem>> store(Caller caller, String room, String text) {
        return views.of(room).thenCompose(found -> {
            Optional<Problem> refused = RoomPolicy.belonging(found, caller.id(),
                    "Only members have drafts. Join the room first.", Instant.now());
            return refused.isPresent() ? CompletableFuture.completedFuture(refused) : readers.read(() -> {
                drafts.store(caller.id(), room, text);
                watchers.tell(caller.id(), new Event.Draft(room, text));
                return Optional.empty();
            });
        });
    }
}
