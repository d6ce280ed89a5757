package parley.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import parley.metrics.Metrics;
import parley.protocol.Position;
import parley.room.RoomView;
import parley.room.Rooms;
import parley.settings.Settings;
import parley.threads.ReaderPool;

/**
 * The views of the rooms that this instance serves, kept current by the events that are committed here and on other nodes.
 * One that nothing was heard of for {@link Settings.Rooms#viewsFresh()} is compared with the log's head before it is used, so
 * that a right that another instance took away is gone here too. A view is loaded once, however many ask for it; a room
 * that doesn't exist is not remembered. Bounded by {@link Settings.Rooms#cached()}. Safe for every thread.
 */
@ApplicationScoped
public class Views {

    /**
     * A view, and when it was known to be the latest ({@link System#nanoTime}).
     *
     * @param doubtedAt when something was last missed: what was known before counts no more
     */
    private record Known(RoomView view, long asOf, long doubtedAt) {

        boolean isFresh(long now, long freshNanos) {
            return asOf - doubtedAt >= 0 && now - asOf < freshNanos;
        }

        /** With what a look at that moment saw. */
        Known with(RoomView seen, long lookedAt) {
            if (view.epoch().equals(seen.epoch()) && view.offset() > seen.offset()) {
                return this;
            }
            return new Known(seen, lookedAt - asOf > 0 ? lookedAt : asOf, doubtedAt);
        }
    }

    private final Map<String, CompletableFuture<Optional<RoomView>>> loading = new ConcurrentHashMap<>();
    private Cache<String, Known> views;
    private Rooms rooms;
    private ReaderPool readers;
    private long freshNanos;

    /** For the container's proxy. */
    protected Views() {
    }

    @Inject
    public Views(Settings settings, Rooms rooms, ReaderPool readers, Metrics metrics) {
        this.rooms = rooms;
        this.readers = readers;
        freshNanos = settings.rooms().viewsFresh().toNanos();
        views = Caffeine.newBuilder().maximumSize(settings.rooms().cached()).build();
        metrics.gauge("parley_rooms_cached", "Rooms that are held in memory.", views::estimatedSize);
    }

    /** The view of a room, loaded by a reader when it isn't here or not fresh; nothing when there is no such room. */
    public CompletableFuture<Optional<RoomView>> of(String room) {
        Known known = views.getIfPresent(room);
        if (known != null && known.isFresh(System.nanoTime(), freshNanos)) {
            return CompletableFuture.completedFuture(Optional.of(known.view));
        }
        CompletableFuture<Optional<RoomView>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<RoomView>> there = loading.putIfAbsent(room, mine);
        if (there != null) {
            return there;
        }
        readers.read(() -> latest(room, known)).whenComplete((view, failed) -> {
            loading.remove(room, mine);
            if (failed == null) {
                mine.complete(view);
            } else {
                mine.completeExceptionally(failed);
            }
        });
        return mine;
    }

    /** The view of a room if it is here, as of the last that was heard. */
    public Optional<RoomView> cached(String room) {
        return Optional.ofNullable(views.getIfPresent(room)).map(Known::view);
    }

    /** Drops a view; the next use loads it. */
    void forget(String room) {
        views.invalidate(room);
    }

    /** Notes that something of this room was missed: its view is compared with the log's head before it is used again. */
    public void doubt(String room) {
        views.asMap().computeIfPresent(room, (id, known) -> new Known(known.view, known.asOf, System.nanoTime()));
    }

    /** Keeps this view unless a later one is cached. */
    void advance(RoomView view) {
        advance(view, System.nanoTime());
    }

    private void advance(RoomView view, long asOf) {
        views.asMap().merge(view.id(), new Known(view, asOf, asOf), (known, seen) -> known.with(view, asOf));
    }

    /** Notes that a room's log stood here at that moment ({@link System#nanoTime}). */
    void confirm(String room, Position head, long asOf) {
        views.asMap().computeIfPresent(room, (id, known) -> isAt(known.view, head) ? known.with(known.view, asOf) : known);
    }

    private Optional<RoomView> latest(String room, Known known) {
        long asOf = System.nanoTime();
        Position head = known == null ? null : rooms.positions(List.of(room)).get(room);
        if (head != null && isAt(known.view, head)) {
            confirm(room, head, asOf);
            return Optional.of(known.view);
        }
        Optional<RoomView> loaded = rooms.view(room);
        loaded.ifPresentOrElse(view -> advance(view, asOf), () -> forget(room));
        return loaded;
    }

    private static boolean isAt(RoomView view, Position head) {
        return view.epoch().equals(head.epoch()) && view.offset() >= head.offset();
    }
}
