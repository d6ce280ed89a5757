package parley.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.journal.Views;
import parley.room.RoomPolicy;
import parley.threads.RequestPool;

/** The starts and ends of calls among the messages of a room, for people who may see the room. Safe for every thread; never waits. */
@ApplicationScoped
public class PastCalls {

    /** How many events of the log are looked at. */
    public static final int LONGEST_RANGE = 1_000;

    @Inject
    private CallStore store;
    @Inject
    private Views views;
    @Inject
    private RequestPool readers;

    /** The frames of calls among the next {@link #LONGEST_RANGE} events after an offset; empty for people who can't see the room. */
    public CompletableFuture<Optional<List<String>>> after(String user, String room, long offset) {
        return views.of(room).thenCompose(view -> view.filter(found -> RoomPolicy.maySee(found, user, Instant.now())).isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(() -> Optional.of(store.logged(room, offset, offset + LONGEST_RANGE))));
    }
}
