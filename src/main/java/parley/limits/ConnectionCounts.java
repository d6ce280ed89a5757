package parley.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How many connections of each user, or of each address, are open: those here, and those that other instances told of. What is
 * kept of this instance is bounded by its connections. Safe for every thread.
 */
final class ConnectionCounts {

    private static final int MOST_TOLD = 2_000;
    private static final int MOST_OF_A_NODE = 50_000;
    private static final long TOLD_AGAIN = TimeUnit.SECONDS.toNanos(10);
    // Three times told again and not heard: whoever it was has left.
    private static final long WORTH = 3 * TOLD_AGAIN;

    /** What an instance told, and when. */
    private record Told(long connections, long at) {}

    private final int most;
    private final int noticeable;
    private final Map<String, Integer> here = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Told>> elsewhere = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    // Only by whoever asks for what to tell.
    private final Map<String, Told> told = new HashMap<>();

    ConnectionCounts(int most) {
        this.most = most;
        noticeable = Math.max(2, most / 10);
    }

    /** Whether there are as many as there may be. */
    boolean isFull(String of) {
        return connections(of) >= most;
    }

    /** Counts one more; answers whether it may stay. It is to be uncounted in either case. */
    boolean enters(String of) {
        int now = here.merge(of, 1, Integer::sum);
        notice(of, now);
        return now + there(of) <= most;
    }

    /** Counts one less. */
    void leaves(String of) {
        Integer left = here.computeIfPresent(of, (key, count) -> count == 1 ? null : count - 1);
        notice(of, left == null ? 1 : left + 1);
    }

    private void notice(String of, int count) {
        if (count >= noticeable && changed.size() < MOST_TOLD) {
            changed.add(of);
        }
    }

    private long connections(String of) {
        return here.getOrDefault(of, 0) + there(of);
    }

    private long there(String of) {
        long now = System.nanoTime();
        long there = 0;
        for (Map<String, Told> node : elsewhere.values()) {
            Told one = node.get(of);
            there += one == null || now - one.at > WORTH ? 0 : one.connections;
        }
        return there;
    }

    /**
     * The connections here of those who have a noticeable number of them: where it changed since this was asked last, and
     * every 10 s in any case; 0 of those who have few again. Only by one thread.
     */
    Map<String, Long> open() {
        long now = System.nanoTime();
        Map<String, Long> open = new HashMap<>();
        changed.removeIf(of -> tell(of, now, open));
        told.entrySet().stream().filter(one -> now - one.getValue().at >= TOLD_AGAIN).limit(MOST_TOLD).map(Map.Entry::getKey).toList()
                .forEach(of -> tell(of, now, open));
        return open;
    }

    private boolean tell(String of, long now, Map<String, Long> open) {
        long count = here.getOrDefault(of, 0);
        boolean known = told.containsKey(of);
        if (count >= noticeable) {
            told.put(of, new Told(count, now));
            open.put(of, count);
        } else if (known) {
            told.remove(of);
            open.put(of, 0L);
        }
        return true;
    }

    /** Notes what another instance told; of one instance {@value #MOST_OF_A_NODE} users or addresses at most, and of others nothing. */
    void elsewhere(String node, Map<String, Long> open) {
        long now = System.nanoTime();
        Map<String, Told> known = elsewhere.computeIfAbsent(node, name -> new ConcurrentHashMap<>());
        open.forEach((of, count) -> {
            if (count == 0) {
                known.remove(of);
            } else if (known.size() < MOST_OF_A_NODE || known.containsKey(of)) {
                known.put(of, new Told(count, now));
            }
        });
        known.values().removeIf(one -> now - one.at > WORTH);
    }

    /** Another instance is no more. */
    void gone(String node) {
        elsewhere.remove(node);
    }
}
