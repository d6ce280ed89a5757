package parley.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The submissions of a writer whose room another transaction had locked, in the order of their arrival. They are tried again with the
 * next batches, so that other rooms do not wait for the lock. Only the writer's thread changes it; any thread reads {@link #all}.
 */
final class Postponed {

    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(8);
    /** One room may fill this part of the capacity. */
    private static final int ROOMS = 4;

    private final int batchLimit;
    private final int capacity;
    private volatile List<Waiting> waiting = List.of();
    private long pause = SHORTEST_PAUSE;

    /** @param capacity past this many, the writer takes nothing more from its queue */
    Postponed(int batchLimit, int capacity) {
        this.batchLimit = batchLimit;
        this.capacity = capacity;
    }

    List<Waiting> all() {
        return waiting;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    boolean isFull() {
        return waiting.size() >= capacity;
    }

    /** How long to wait for other submissions before the next attempt, in nanoseconds. */
    long pause() {
        return pause;
    }

    /**
     * Moves what is tried next into a batch: first the postponed submissions, which take at most half a batch in equal shares for their
     * rooms, then those that arrived. What is left keeps the order of its room. Past its share of the capacity, a room's submissions are
     * refused, so that the writer keeps taking those of other rooms.
     */
    void moveTo(List<Waiting> batch, List<Waiting> arrived) {
        Map<String, Integer> taken = new HashMap<>();
        Map<String, Integer> left = new HashMap<>();
        List<Waiting> later = new ArrayList<>();
        long rooms = waiting.stream().map(Waiting::room).distinct().count();
        long share = Math.max(1, batchLimit / 2 / Math.max(1, rooms));
        for (Waiting next : waiting) {
            move(next, taken.merge(next.room(), 1, Integer::sum) <= share, batch, left, later);
        }
        for (Waiting next : arrived) {
            move(next, batch.size() < batchLimit, batch, left, later);
        }
        waiting = List.copyOf(later);
    }

    private void move(Waiting next, boolean fits, List<Waiting> batch, Map<String, Integer> left, List<Waiting> later) {
        if (next.isDone()) {
            return;
        }
        if (fits && !left.containsKey(next.room())) {
            batch.add(next);
        } else if (left.merge(next.room(), 1, Integer::sum) <= capacity / ROOMS) {
            later.add(next);
        } else {
            next.refuse("The room is locked.");
        }
    }

    /** Puts back, in front, what the batch could not lock. */
    void putBack(List<Waiting> locked, boolean progress) {
        pause = progress ? SHORTEST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
        if (!locked.isEmpty()) {
            List<Waiting> all = new ArrayList<>(locked);
            all.addAll(waiting);
            waiting = List.copyOf(all);
        }
    }
}
