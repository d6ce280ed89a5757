package parley.reading;

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
import java.util.concurrent.TimeUnit;
import parley.metrics.Metrics;
import parley.threads.ManagedThreads;
import parley.threads.PeriodicTask;

/**
 * How far people have read. A moved marker counts at once on this instance and is stored within {@link #EVERY}, together with all others
 * that moved meanwhile: a person who scrolls costs one write for each room and period. If {@value #MOST} markers wait, no further marker
 * moves until they are stored. Safe for every thread.
 */
@ApplicationScoped
public class ReadMarkers {

    /** How often moved markers are stored. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final int MOST = 100_000;
    private static final int ROWS_AT_ONCE = 1_000;
    /** How long a marker is remembered after it moved: longer than it takes any instance to store it. */
    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(10);

    /**
     * A marker that moved lately.
     *
     * @param back whether it moved back since it was stored
     * @param at when it moved last ({@link System#nanoTime})
     * @param waiting whether it is not stored yet, and this instance has to store it
     */
    record Moved(long upto, boolean back, long at, boolean waiting) {}

    private final Map<PersonInRoom, Moved> moved = new ConcurrentHashMap<>();
    private MarkerRows rows;
    private Thread writer;

    /** For the container's proxy. */
    protected ReadMarkers() {
    }

    @Inject
    ReadMarkers(MarkerRows rows, ManagedThreads managed, Metrics metrics) {
        this.rows = rows;
        metrics.gauge("parley_read_markers_moved", "Read markers that moved in the last seconds.", moved::size);
        writer = managed.named("parley-markers").newThread(new PeriodicTask("read markers", EVERY, this::store));
        writer.start();
    }

    /** Where this marker stands, if it moved lately. */
    public Optional<Long> moved(PersonInRoom key) {
        return Optional.ofNullable(moved.get(key)).map(Moved::upto);
    }

    /** The same for many markers; null for a marker that did not move lately. */
    Long[] moved(Collection<PersonInRoom> keys) {
        return keys.stream().map(key -> moved(key).orElse(null)).toArray(Long[]::new);
    }

    /** Whether no further marker can move now. */
    boolean isFull() {
        return moved.size() >= MOST;
    }

    /** Moves a marker. {@link #store} does the rest. */
    void move(PersonInRoom key, long upto, boolean back) {
        moved.merge(key, new Moved(upto, back, System.nanoTime(), true), (before, now) ->
                new Moved(upto, back || before.back, now.at, true));
    }

    /** Another instance moved this marker, and stores it. */
    void movedElsewhere(PersonInRoom key, long upto) {
        if (!isFull()) {
            moved.merge(key, new Moved(upto, false, System.nanoTime(), false), (before, now) -> before.waiting ? before : now);
        }
    }

    /** Stores the markers that wait, and forgets those that were stored long ago. Waits for the database. */
    void store() {
        long now = System.nanoTime();
        List<Map.Entry<PersonInRoom, Moved>> waiting = new ArrayList<>();
        moved.values().removeIf(marker -> !marker.waiting && now - marker.at > REMEMBERED);
        moved.forEach((key, marker) -> {
            if (marker.waiting) {
                waiting.add(Map.entry(key, marker));
            }
        });
        for (int from = 0; from < waiting.size(); from += ROWS_AT_ONCE) {
            List<Map.Entry<PersonInRoom, Moved>> some = waiting.subList(from, Math.min(waiting.size(), from + ROWS_AT_ONCE));
            rows.store(some);
            some.forEach(entry -> moved.replace(entry.getKey(), entry.getValue(),
                    new Moved(entry.getValue().upto, false, entry.getValue().at, false)));
        }
    }

    @PreDestroy
    void stop() {
        writer.interrupt();
        store();
    }
}
