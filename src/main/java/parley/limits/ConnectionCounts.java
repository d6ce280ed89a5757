package parley.limits;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many connections of each user, or of each address, are open: on this instance, and on other instances by their reports. The size
 * of what is kept for this instance is bounded by its connections. Safe for every thread.
 */
final class ConnectionCounts {

    private static final int MOST_REPORTED = 2_000;
    private static final int MOST_OF_AN_INSTANCE = 50_000;
    private static final long REPORT_EVERY = TimeUnit.SECONDS.toNanos(10);
    // Three reports in a row are missing: the instance has stopped.
    private static final long VALID_FOR = 3 * REPORT_EVERY;

    /** A reported count, and when it was reported. */
    private record Reported(long connections, long at) {}

    private final int most;
    private final int reportable;
    private final LongSupplier ticker;
    private final Map<String, Integer> here = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Reported>> elsewhere = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    // Used by the reporting thread only.
    private final Map<String, Reported> reported = new HashMap<>();

    /**
     * @param most the most connections of a user or an address
     * @param ticker the time as {@link System#nanoTime} has it
     */
    ConnectionCounts(int most, LongSupplier ticker) {
        this.most = most;
        this.ticker = ticker;
        reportable = Math.max(2, most / 10);
    }

    /** Whether the bound is reached. */
    boolean isFull(String key) {
        return here.getOrDefault(key, 0) + elsewhere(key) >= most;
    }

    /** Counts one more, and answers whether it may stay. Call {@link #remove} once in either case. */
    boolean add(String key) {
        int now = here.merge(key, 1, Integer::sum);
        markChanged(key, now);
        return now + elsewhere(key) <= most;
    }

    /** Counts one less. */
    void remove(String key) {
        Integer left = here.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        markChanged(key, left == null ? 1 : left + 1);
    }

    private void markChanged(String key, int count) {
        if (count >= reportable && changed.size() < MOST_REPORTED) {
            changed.add(key);
        }
    }

    private long elsewhere(String key) {
        long now = ticker.getAsLong();
        long sum = 0;
        for (Map<String, Reported> instance : elsewhere.values()) {
            Reported report = instance.get(key);
            sum += report == null || now - report.at > VALID_FOR ? 0 : report.connections;
        }
        return sum;
    }

    /**
     * The counts of this instance, of users or addresses with a tenth of the bound or more: where they changed since the last report,
     * and every 10 s. 0 for those that dropped below. Call it from one thread.
     */
    Map<String, Long> report() {
        long now = ticker.getAsLong();
        Map<String, Long> report = new HashMap<>();
        changed.removeIf(key -> {
            report(key, now, report);
            return true;
        });
        reported.entrySet().stream().filter(one -> now - one.getValue().at >= REPORT_EVERY).limit(MOST_REPORTED).map(Map.Entry::getKey)
                .toList().forEach(key -> report(key, now, report));
        return report;
    }

    private void report(String key, long now, Map<String, Long> report) {
        long count = here.getOrDefault(key, 0);
        if (count >= reportable) {
            reported.put(key, new Reported(count, now));
            report.put(key, count);
        } else if (reported.remove(key) != null) {
            report.put(key, 0L);
        }
    }

    /** Stores the report of another instance, for at most {@value #MOST_OF_AN_INSTANCE} users or addresses; further ones are ignored. */
    void reported(String instance, Map<String, Long> report) {
        long now = ticker.getAsLong();
        Map<String, Reported> known = elsewhere.computeIfAbsent(instance, first -> new ConcurrentHashMap<>());
        report.forEach((key, count) -> {
            if (count == 0) {
                known.remove(key);
            } else if (known.size() < MOST_OF_AN_INSTANCE || known.containsKey(key)) {
                known.put(key, new Reported(count, now));
            }
        });
        known.values().removeIf(one -> now - one.at > VALID_FOR);
    }

    /** Another instance has stopped: its connections no longer count. */
    void stopped(String instance) {
        elsewhere.remove(instance);
    }
}
