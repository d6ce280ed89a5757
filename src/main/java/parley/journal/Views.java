package parley.journal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
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
 * The views of the rooms that this instance serves. Events of this instance and of others keep them current. {@link #of} compares a view
 * with the head of its log if no event or comparison has confirmed it for {@link Settings.Rooms#viewsFresh()}, so that a right that another
 * instance took away ends here too. Concurrent callers share one load. Missing rooms are not cached. Bounded by {@link
 * Settings.Rooms#cached()}, where a large room counts as several. Safe for every thread.
 */
@ApplicationScoped
public class Views {

    /**
     * A view, and when it was last known to be current ({@link System#nanoTime}).
     *
     * @param doubtedAt when the view was last marked as doubtful; it is fresh only if it was confirmed after that
     */
    private record Known(RoomView view, long asOf, long doubtedAt) {

        boolean isFresh(long now, long freshNanos) {
            return asOf - doubtedAt >= 0 && now - asOf < freshNanos;
        }

        /** The newer of this view and the one that was seen at that time. A view of another epoch replaces this one. */
        Known with(RoomView seen, long lookedAt) {
            boolean later = view.epoch().equals(seen.epoch()) ? view.offset() > seen.offset() : asOf - lookedAt > 0;
            if (later) {
                return this;
            }
            return new Known(seen, lookedAt - asOf > 0 ? lookedAt : asOf, doubtedAt);
        }
    }

    /** A room of up to this many people counts as one room. */
    private static final int WEIGHT_OF_A_ROOM = 100;

    private final Map<String, CompletableFuture<Optional<RoomView>>> loading = new ConcurrentHashMap<>();
    private Cache<String, Known> views;
    private Rooms rooms;
    private ReaderPool readers;
    private Event<EpochRenewed> epochs;
    private long freshNanos;

    /** For the container's proxy. */
    protected Views() {
    }

    @Inject
    public Views(Settings settings, Rooms rooms, ReaderPool readers, Event<EpochRenewed> epochs, Metrics metrics) {
        this.rooms = rooms;
        this.readers = readers;
        this.epochs = epochs;
        freshNanos = settings.rooms().viewsFresh().toNanos();
        int most = (int) Math.min(Integer.MAX_VALUE, (long) settings.rooms().cached() * WEIGHT_OF_A_ROOM);
        views = Caffeine.newBuilder().maximumWeight(most).weigher((String room, Known known) -> weight(known.view, most)).build();
        metrics.gauge("parley_rooms_cached", "Rooms that are held in memory.", views::estimatedSize);
    }

    // The people of a view take nearly all of its memory. A room that outweighs the cache would never stay in it.
    private static int weight(RoomView view, int most) {
        long people = (long) view.members().size() + view.restrictions().size();
        return Math.clamp(people, WEIGHT_OF_A_ROOM, Math.max(WEIGHT_OF_A_ROOM, most / 2));
    }

    /** The view of a room; empty if there is no such room. A missing or stale view is loaded by the reader pool. */
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

    /** The cached view of a room, without a check: it may be behind. */
    public Optional<RoomView> cached(String room) {
        return Optional.ofNullable(views.getIfPresent(room)).map(Known::view);
    }

    /** Loads the view of a room that is not cached, and waits for the database. */
    void load(String room) {
        if (views.getIfPresent(room) == null) {
            long asOf = System.nanoTime();
            rooms.view(room).ifPresent(view -> advance(view, asOf));
        }
    }

    /** Drops a view; the next {@link #of} loads it. */
    void forget(String room) {
        views.invalidate(room);
    }

    /** Marks a view as doubtful: the next {@link #of} compares it with the head of its log. */
    public void doubt(String room) {
        views.asMap().computeIfPresent(room, (id, known) -> new Known(known.view, known.asOf, System.nanoTime()));
    }

    /** Keeps this view unless a later one is cached. */
    void advance(RoomView view) {
        advance(view, System.nanoTime());
    }

    private void advance(RoomView view, long asOf) {
        boolean[] renewed = new boolean[1];
        views.asMap().merge(view.id(), new Known(view, asOf, asOf), (known, seen) -> {
            Known latest = known.with(view, asOf);
            renewed[0] = !latest.view.epoch().equals(known.view.epoch());
            return latest;
        });
        if (renewed[0]) {
            epochs.fire(new EpochRenewed(view.id(), view.epoch()));
        }
    }

    /** Confirms the cached view if it has reached this head, which was read at a time ({@link System#nanoTime}). */
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
