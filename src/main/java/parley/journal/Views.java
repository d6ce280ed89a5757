package parley.journal;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.room.RoomView;
import parley.room.Rooms;
import parley.settings.Settings;

/**
 * The views of the rooms that this node serves, kept current by the events that are committed. A view is loaded once,
 * however many ask for it; a room that doesn't exist is not remembered. Bounded by {@link Settings#cachedRooms()}.
 */
@ApplicationScoped
public class Views {

    private AsyncCache<String, RoomView> views;
    private Rooms rooms;
    private Readers readers;

    /** For the container's proxy. */
    protected Views() {
    }

    @Inject
    public Views(Settings settings, Rooms rooms, Readers readers) {
        this.rooms = rooms;
        this.readers = readers;
        views = Caffeine.newBuilder().maximumSize(settings.cachedRooms()).buildAsync();
    }

    /** The view of a room, loaded by a reader when it isn't here; nothing when there is no such room. */
    public CompletableFuture<Optional<RoomView>> of(String room) {
        return views.get(room, (id, executor) -> readers.read(() -> rooms.view(id).orElse(null)))
                .thenApply(Optional::ofNullable);
    }

    /** The view of a room if it is here. */
    public Optional<RoomView> cached(String room) {
        CompletableFuture<RoomView> view = views.getIfPresent(room);
        boolean here = view != null && view.isDone() && !view.isCompletedExceptionally();
        return here ? Optional.ofNullable(view.join()) : Optional.empty();
    }

    /** Forgets a view; whoever asks next has it loaded. */
    void forget(String room) {
        views.synchronous().invalidate(room);
    }

    /** Keeps this view unless a later one is here. */
    void advance(RoomView view) {
        views.synchronous().asMap().merge(view.id(), view, Views::later);
    }

    private static RoomView later(RoomView old, RoomView view) {
        return old.epoch().equals(view.epoch()) && old.offset() > view.offset() ? old : view;
    }
}
