package parley.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import parley.metrics.Metrics;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * How far people have read. A moved marker counts at once on this instance and is stored within {@link #EVERY}, together with all others
 * that moved meanwhile: a person who scrolls costs one write for each room and period. If {@value #MOST} markers wait to be stored, no
 * further marker moves until they are. The row is the truth: a marker that moved on another instance is compared with its row once, because
 * that instance may have been killed before it stored the marker, or both may have moved it at the same time. Safe for every thread.
 */
@ApplicationScoped
public class ReadMarkers {

    /** How often moved markers are stored. */
    static final Duration EVERY = Duration.ofSeconds(2);

    private static final int MOST = 100_000;
    private static final int ROWS_AT_ONCE = 1_000;
    /** How long a marker is remembered that was stored, or moved elsewhere: longer than it takes any instance to store it. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    /** When a marker that moved elsewhere is compared with its row. Until then, the other instance has stored it. */
    static final Duration COMPARED_AFTER = Duration.ofSeconds(6);

    /**
     * A marker that waits to be stored.
     *
     * @param back whether it moved back since it was stored
     */
    record Moved(long upto, boolean back) {}

    private static final Comparator<PersonInRoom> ORDER = Comparator.comparing(PersonInRoom::user).thenComparing(PersonInRoom::room);

    private final Map<PersonInRoom, Moved> waiting = new ConcurrentHashMap<>();
    private final Cache<PersonInRoom, Long> recent = Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();
    /** When the markers moved elsewhere that are not compared yet; beyond {@link #MOST}, further ones are not compared. */
    private final Map<PersonInRoom, Long> toCompare = new ConcurrentHashMap<>();
    private MarkerRows rows;
    private Event<MarkersCorrected> corrected;
    private LongSupplier nanos = System::nanoTime;
    private Loop writer;

    /** For the container's proxy. */
    protected ReadMarkers() {
    }

    @Inject
    ReadMarkers(MarkerRows rows, Event<MarkersCorrected> corrected, ManagedThreads managed, Metrics metrics) {
        this.rows = rows;
        this.corrected = corrected;
        metrics.gauge("parley_read_markers_waiting", "Read markers that wait to be stored.", waiting::size);
        writer = managed.repeat("read markers", EVERY, this::tick);
    }

    /** For tests, which call {@link #store} and {@link #correct} themselves. */
    ReadMarkers(MarkerRows rows, LongSupplier nanos) {
        this.rows = rows;
        this.nanos = nanos;
    }

    private void tick() {
        store();
        Set<PersonInRoom> wrong = correct();
        if (!wrong.isEmpty()) {
            corrected.fire(new MarkersCorrected(wrong));
        }
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
        if (toCompare.size() < MOST) {
            toCompare.put(key, nanos.getAsLong());
        }
    }

    /** Compares markers that moved elsewhere with their rows. Returns those that stood at another place here. Waits for the database. */
    Set<PersonInRoom> correct() {
        long before = nanos.getAsLong() - COMPARED_AFTER.toNanos();
        List<Map.Entry<PersonInRoom, Long>> due = toCompare.entrySet().stream().filter(moved -> moved.getValue() - before <= 0)
                .map(moved -> Map.entry(moved.getKey(), moved.getValue())).toList();
        Set<PersonInRoom> wrong = new HashSet<>();
        for (int from = 0; from < due.size(); from += ROWS_AT_ONCE) {
            List<Map.Entry<PersonInRoom, Long>> some = due.subList(from, Math.min(due.size(), from + ROWS_AT_ONCE));
            rows.read(some.stream().map(Map.Entry::getKey).toList()).forEach((key, stored) -> {
                if (!waiting.containsKey(key) && !stored.equals(recent.getIfPresent(key))) {
                    recent.invalidate(key);
                    wrong.add(key);
                }
            });
            some.forEach(compared -> toCompare.remove(compared.getKey(), compared.getValue()));
        }
        return wrong;
    }

    /** Stores the markers that wait. Waits for the database. */
    void store() {
        List<Map.Entry<PersonInRoom, Moved>> all = new ArrayList<>(waiting.size());
        waiting.forEach((key, moved) -> all.add(Map.entry(key, moved)));
        // In one order, so that two instances that store the same markers don't wait for each other's rows.
        all.sort(Map.Entry.comparingByKey(ORDER));
        for (int from = 0; from < all.size(); from += ROWS_AT_ONCE) {
            List<Map.Entry<PersonInRoom, Moved>> some = all.subList(from, Math.min(all.size(), from + ROWS_AT_ONCE));
            rows.store(some);
            for (Map.Entry<PersonInRoom, Moved> stored : some) {
                // One that moved on meanwhile waits for the next time; one that moved back elsewhere is remembered from there.
                waiting.computeIfPresent(stored.getKey(), (key, now) -> {
                    if (now.equals(stored.getValue())) {
                        recent.put(key, now.upto);
                        return null;
                    }
                    return now;
                });
            }
        }
    }

    @PreDestroy
    void stop() {
        writer.stop();
        store();
    }
}
