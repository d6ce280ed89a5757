package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.feature.Features;
import parley.health.Started;
import parley.hub.Doubts;
import parley.journal.Committed;
import parley.lease.Leases;
import parley.lease.Task;
import parley.metrics.Metrics;
import parley.people.NotificationChoices.ChangedKeywords;
import parley.protocol.Feature;
import parley.protocol.RoomEvent;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Finds the events that may notify people, on its own thread, and has {@link NotifyCommit} decide about them. The batches that this
 * instance commits arrive through a bounded queue. Positions that stay behind their heads, because an instance was killed or a queue was
 * full, are found by comparing them periodically. One instance compares them for all.
 */
@ApplicationScoped
class Searching {

    private static final Logger LOG = Logger.getLogger(Searching.class.getName());
    private static final int QUEUE = 2_000;
    private static final int ROOMS_AT_ONCE = 100;
    /** The most rooms whose passed part is remembered. Beyond this, positions are moved at once. */
    private static final int MOST_PASSED = 50_000;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long PASS_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long KEYWORDS_NANOS = Duration.ofSeconds(1).toNanos();
    /** Longer than positions of a living instance stay behind. */
    private static final Duration COMPARE = Duration.ofSeconds(12);
    /** How often positions are compared when nothing was missed for {@link #QUIET}. */
    private static final Duration COMPARE_QUIETLY = Duration.ofMinutes(5);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final BlockingQueue<Committed.RoomBatch> committed = new ArrayBlockingQueue<>(QUEUE);

    @Inject
    private Features features;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Inject
    private Positions positions;
    @Inject
    private NotifyCommit commits;
    @Inject
    private Attentions attentions;
    @Inject
    private Announcing announcing;
    @Inject
    private Leases leases;
    @Inject
    private Doubts doubts;

    private volatile boolean on;
    private volatile long missedAt = System.nanoTime();
    private Loop loop;
    // The rest is used only by the searching thread.
    private final Map<String, Positions.Passed> passed = new HashMap<>();
    private Map<String, Found> later = new HashMap<>();
    private Map<String, Long> behind = Map.of();
    private Keywords keywords = new Keywords();
    private long keywordsPosition = -1;
    private long keywordsRead;
    private long passedAt;
    private long comparedAt;

    void start(@Observes Started started) {
        on = features.isAllowed(Feature.NOTIFICATIONS);
        if (on && loop == null) {
            metrics.queue("notify", QUEUE, committed::size, () -> Double.NaN);
            passedAt = comparedAt = System.nanoTime();
            keywordsRead = System.nanoTime() - KEYWORDS_NANOS;
            loop = managed.repeat("notifications", PAUSE, this::lookAtNews);
        }
    }

    // Called on a writer thread. If the queue is full, the comparison of positions finds the events.
    void committed(@Observes Committed batch) {
        if (on && batch.here() && !batch.rooms().stream().map(committed::offer).reduce(true, Boolean::logicalAnd)) {
            missedAt = System.nanoTime();
        }
    }

    private void lookAtNews() {
        try {
            search();
        } catch (RuntimeException failed) {
            missedAt = System.nanoTime();
            throw failed;
        }
    }

    private void search() {
        long now = System.nanoTime();
        if (now - keywordsRead >= KEYWORDS_NANOS) {
            readKeywords();
            keywordsRead = now;
        }
        Map<String, Found> found = later;
        later = new HashMap<>();
        List<Committed.RoomBatch> batches = new ArrayList<>();
        committed.drainTo(batches);
        batches.forEach(batch -> add(batch, found));
        boolean quiet = now - missedAt >= QUIET.toNanos() && doubts.areQuietSince(QUIET);
        if (now - comparedAt >= (quiet ? COMPARE_QUIETLY : COMPARE).toNanos()) {
            if (leases.take(Task.MISSED_NOTIFICATIONS, COMPARE.multipliedBy(2))) {
                compare(found);
            }
            comparedAt = now;
        }
        List<Found> all = List.copyOf(found.values());
        for (int from = 0; from < all.size(); from += ROOMS_AT_ONCE) {
            decide(all.subList(from, Math.min(from + ROOMS_AT_ONCE, all.size())));
        }
        if (now - passedAt >= PASS_NANOS || passed.size() >= MOST_PASSED) {
            pass();
            passedAt = now;
        }
    }

    private void readKeywords() {
        ChangedKeywords changed = attentions.keywordsAfter(keywordsPosition);
        if (changed.position() < keywordsPosition) {
            // An older backup was restored.
            keywords = new Keywords();
            changed = attentions.keywordsAfter(-1);
        }
        keywords.change(changed.byPerson());
        keywordsPosition = changed.position();
    }

    private void add(Committed.RoomBatch batch, Map<String, Found> found) {
        String room = batch.view().id();
        long before = batch.events().getFirst().offset() - 1;
        Positions.Passed part = passed.get(room);
        long after = part != null && part.to() == before ? part.from() : before;
        if (found.containsKey(room) || batch.events().stream().anyMatch(event -> matters(batch, event))) {
            passed.remove(room);
            found.merge(room, Found.of(batch, after), Found::and);
        } else {
            passed.put(room, new Positions.Passed(after, batch.events().getLast().offset()));
        }
    }

    private boolean matters(Committed.RoomBatch batch, RoomEvent event) {
        return Deciding.matters(batch.view(), event, text -> !keywords.peopleFor(text).isEmpty());
    }

    // A position that is behind twice in a row, and did not move in between, is nobody's work in progress.
    private void compare(Map<String, Found> found) {
        Map<String, Long> seen = positions.behind();
        seen.forEach((room, position) -> {
            if (position.equals(behind.get(room)) && !passed.containsKey(room)) {
                found.putIfAbsent(room, Found.inLog(room));
            }
        });
        behind = seen;
    }

    private void decide(List<Found> found) {
        Positions.createMissing(positions, found.stream().map(Found::room).toList());
        try {
            commit(found);
        } catch (RuntimeException failed) {
            // One room must not hold the others back. A room that fails alone is found again by the comparison.
            if (found.size() == 1) {
                missedAt = System.nanoTime();
                LOG.log(Level.WARNING, "The notifications of a room could not be stored; this is tried again", failed);
            } else {
                found.forEach(each -> decide(List.of(each)));
            }
        }
    }

    private void commit(List<Found> found) {
        NotifyCommit.Outcome outcome = commits.commit(found, keywords, Instant.now());
        outcome.later().forEach(room -> later.put(room, Found.inLog(room)));
        announcing.announce(outcome.made(), outcome.removed());
    }

    private void pass() {
        if (!passed.isEmpty()) {
            Positions.createMissing(positions, passed.keySet());
            positions.pass(Map.copyOf(passed));
            passed.clear();
        }
    }
}
