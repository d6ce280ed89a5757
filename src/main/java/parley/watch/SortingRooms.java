package parley.watch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.identity.Caller;
import parley.journal.Views;
import parley.protocol.Event;
import parley.protocol.Problem;
import parley.reading.MyRooms;
import parley.reading.RoomPreferences;
import parley.room.RoomPolicy;
import parley.threads.ReaderPool;

/** Stores how callers sort their rooms, and tells their other connections. Never waits. */
@ApplicationScoped
public class SortingRooms {

    @Inject
    private Views views;
    @Inject
    private ReaderPool readers;
    @Inject
    private RoomPreferences preferences;
    @Inject
    private MyRooms rooms;
    @Inject
    private Watchers watchers;

    /** Stores these changes. Completes with the refusal, if there is one. */
    public CompletableFuture<Optional<Problem>> sort(Caller caller, String room, RoomPreferences.Changes changes) {
        return views.of(room).thenCompose(found -> {
            Optional<Problem> refused = RoomPolicy.belonging(found, caller.id(),
                    "Only members can sort a room. Join it first.", Instant.now());
            return refused.isPresent() ? CompletableFuture.completedFuture(refused) : readers.read(() -> {
                preferences.change(caller.id(), room, changes, found.orElseThrow().offset());
                rooms.of(caller.id(), List.of(room)).forEach(mine -> watchers.tell(caller.id(), new Event.RoomAdded(mine)));
                return Optional.empty();
            });
        });
    }
}
