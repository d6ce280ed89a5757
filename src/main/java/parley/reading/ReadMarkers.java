package parley.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import parley.metrics.Metrics;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * How far people have read. A moved marker counts at once on this instance and is stored within {@link #EVERY}, together with all others
 * that moved meanwhile: a person who scrolls costs one write for each room and period. If {@value #MOST} markers wait to be stored, no
 * further marker moves until they are. Safe for every thread.
 */
@ApplicationScoped
public class ReadMarkers {

    /** How often moved markers are stored. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final int MOST = 100_000;
    private static final int ROWS_AT_ONCE = 1_000;
    /** How long a marker is remembered that was stored, or moved elsewhere: longer than it takes any instance to store it. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /**
     * A marker that waits to be stored.
     *
     * @param back whether it moved back since it was stored
     */
    record Moved(long upto, boolean back) {}

    private final Map<PersonInRoom, Moved> waiting = new ConcurrentHashMap<>();
    private final Cache<PersonInRoom, Long> recent = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();
    private MarkerRows rows;
    private Loop writer;

    /** For the container's proxy. */
    protected ReadMarkers() {
    }

    @Inject
    ReadMarkers(MarkerRows rows, ManagedThreads managed, Metrics metrics) {
        this.rows = rows;
        metrics.gauge("parley_read_markers_waiting", "Read markers that wait to be stored.", waiting::size);
        writer = managed.repeat("read markers", EVERY, this::store);
    }

    /** For tests, which call {@link #store} themselves. */
    ReadMarkers(MarkerRows rows) {
        this.rows = rows;
    }

    /** Where this marker stands, if it moved lately. */
    public Optional<Long> moved(PersonInRoom key) {
        Moved later = waiting.get(key);
        return later != null ? Optional.of(later.upto) : Optional.ofNullable(recent.getIfPresent(key));
    }

    /** The same for many markers; null for a marker that did not move lately. */
    Long[] moved(Collection<PersonInRoom> keys) {
        return keys.stream().map(key -> moved(key).orElse(null)).toArray(Long[]::new);
    }

    /** Whether no further marker can move now. */
    boolean isFull() {
        return waiting.size() >= MOST;
    }

    /** Moves a marker and returns where it stands then: without {@code back}, one that waits further on stays. */
    long move(PersonInRoom key, long upto, boolean back) {
        return waiting.merge(key, new Moved(upto, back), (before, now) ->
                new Moved(back ? upto : Math.max(before.upto, upto), back || before.back)).upto;
    }

    /** Another instance moved this marker, and stores it. */
    void movedElsewhere(PersonInRoom key, long upto, boolean back) {
        Moved here = waiting.computeIfPresent(key, (same, before) -> back ? null : new Moved(Math.max(before.upto, upto), before.back));
        if (here == null) {
            recent.asMap().merge(key, upto, (before, now) -> back ? now : Math.max(before, now));
        }
    }

    /** Stores the markers that wait. Waits for the database. */
    void store() {
        List<Map.Entry<PersonInRoom, Moved>> all = new ArrayList<>(waiting.size());
        waiting.forEach((key, moved) -> all.add(Map.entry(key, moved)));
        for (int from = 0; from < all.size(); from += ROWS_AT_ONCE) {
            List<Map.Entry<PersonInRoom, Moved>> some = all.subList(from, Math.min(all.size(), from + ROWS_AT_ONCE));
            rows.store(some);
            for (Map.Entry<PersonInRoom, Moved> stored : some) {
                recent.put(stored.getKey(), stored.getValue().upto);
                // One that moved meanwhile waits for the next time.
                waiting.remove(stored.getKey(), stored.getValue());
            }
        }
    }

    @PreDestroy
    void stop() {
        writer.stop();
        store();
    }
}
