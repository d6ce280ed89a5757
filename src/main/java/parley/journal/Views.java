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
 * The views of the rooms that this instance serves, kept current by events of this instance and of others. A view without news for
 * {@link Settings.Rooms#viewsFresh()} is compared with the head of its log before it is used, so that a right that another instance
 * took away ends here too. Concurrent callers share one load. Missing rooms are not cached. Bounded by {@link
 * Settings.Rooms#cached()}. Safe for every thread.
 */
@ApplicationScoped
public class Views {

    /**
     * A view, and when it was last known to be current ({@link System#nanoTime}).
     *
     * @param doubtedAt when an event was last missed; the view must be confirmed after that
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

    /** The view of a room. The reader pool loads it if it is missing or stale. Empty if there is no such room. */
    @SuppressWarnings("FutureReturnValueIgnored")
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

    /** The cached view of a room, which may be behind. */
    public Optional<RoomView> cached(String room) {
        return Optional.ofNullable(views.getIfPresent(room)).map(Known::view);
    }

    /** Drops a view; the next use loads it. */
    void forget(String room) {
        views.invalidate(room);
    }

    /** Marks a view as doubtful: it is compared with the head of its log before its next use. */
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

    /** Confirms the head of a log as of a time ({@link System#nanoTime}). */
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
