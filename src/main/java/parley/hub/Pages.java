package parley.hub;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.journal.Committed;
import parley.journal.LoggedFrame;
import parley.metrics.Metrics;
import parley.protocol.DocumentChange;
import parley.protocol.MessageChange;
import parley.protocol.Position;

/**
 * The parts of logs that subscriptions are reading because they are behind. All subscriptions that need an event share its frame. Holds at
 * most {@link #MOST_BYTES}, and each part for {@link #KEPT_FOR}. What is not here is in the log. Safe for every thread; never waits.
 */
@ApplicationScoped
class Pages {

    /** The offsets 1 to 32 of a log are its first page, 33 to 64 its second, and so on. */
    static final int LENGTH = 32;
    static final long MOST_BYTES = 24 << 20;
    static final Duration KEPT_FOR = Duration.ofSeconds(10);
    /** An event is held as text and as bytes, and perhaps in another encoding. */
    private static final int COPIES = 4;
    private static final int OVERHEAD = 100;

    private record Key(String room, String epoch, long number) {}

    // The values are consecutive events of their page, perhaps not all of them.
    private final Cache<Key, List<LoggedFrame>> pages = Caffeine.newBuilder().maximumWeight(MOST_BYTES)
            .weigher((Key key, List<LoggedFrame> events) -> weight(events)).expireAfterWrite(KEPT_FOR).executor(Runnable::run).build();
    private volatile long forgotten;

    /** For the container's proxy, and for tests. */
    Pages() {
    }

    @Inject
    Pages(Metrics metrics) {
        metrics.gauge("parley_replay_bytes", "Events in memory because clients that are behind read them.", this::bytes);
    }

    private static int weight(List<LoggedFrame> events) {
        return events.stream().mapToInt(logged -> COPIES * logged.frame().size() + OVERHEAD).sum();
    }

    long bytes() {
        pages.cleanUp();
        return pages.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    /** Some of the events after a position, in order without a gap; empty if the next one is not here. */
    List<LoggedFrame> after(String room, Position position) {
        List<LoggedFrame> page = pages.getIfPresent(new Key(room, position.epoch(), number(position.offset() + 1)));
        if (page == null) {
            return List.of();
        }
        long index = position.offset() + 1 - page.getFirst().offset();
        return index < 0 || index >= page.size() ? List.of() : page.subList((int) index, page.size());
    }

    /** A mark for {@link #add(String, String, List, long)}, to take before the log is read. */
    long mark() {
        return forgotten;
    }

    /** Adds events, in order without a gap, that were read from the log. Does nothing if events were forgotten since the mark. */
    synchronized void add(String room, String epoch, List<LoggedFrame> events, long mark) {
        if (forgotten == mark) {
            add(room, epoch, events);
        }
    }

    /** Adds events, in order without a gap, that were just committed. */
    synchronized void add(String room, String epoch, List<LoggedFrame> events) {
        int from = 0;
        while (from < events.size()) {
            long number = number(events.get(from).offset());
            int to = (int) Math.min(events.size(), from + number * LENGTH + LENGTH + 1 - events.get(from).offset());
            List<LoggedFrame> part = events.subList(from, to);
            pages.asMap().merge(new Key(room, epoch, number), List.copyOf(part), Pages::join);
            from = to;
        }
    }

    /** Drops the events of rooms whose logs this batch changed, also of rooms that nobody subscribes to now. */
    void committed(@Observes Committed committed) {
        committed.rooms().stream().filter(batch -> batch.rewrites() || batch.events().stream().map(event -> event.change().type())
                        .anyMatch(type -> MessageChange.REDACTING_TYPES.contains(type) || type.equals(DocumentChange.Deleted.TYPE)))
                .forEach(batch -> forget(batch.view().id()));
    }

    /** Drops a room's events, because the log no longer has them as they were. */
    synchronized void forget(String room) {
        forgotten++;
        pages.asMap().keySet().removeIf(key -> key.room().equals(room));
    }

    private static List<LoggedFrame> join(List<LoggedFrame> before, List<LoggedFrame> more) {
        long known = before.getLast().offset() + 1 - more.getFirst().offset();
        if (known < 0 || more.getFirst().offset() < before.getFirst().offset()) {
            return more;
        }
        if (known >= more.size()) {
            return before;
        }
        List<LoggedFrame> joined = new ArrayList<>(before);
        joined.addAll(more.subList((int) known, more.size()));
        return List.copyOf(joined);
    }

    private static long number(long offset) {
        return (offset - 1) / LENGTH;
    }
}
