package parley.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How many pushes are in progress to each host. A host has at most {@value #MOST_AT_ONCE}, so a slow one does not keep the others waiting.
 * One that can't be reached rests before it is tried again, longer each time. If {@value #MOST_RESTING} hosts rest, a further one does not.
 * Safe for every thread; never waits.
 */
final class PushHosts {

    /** The most pushes that are in progress to one host. */
    static final int MOST_AT_ONCE = 8;
    static final int MOST_RESTING = 10_000;
    static final Duration FIRST_REST = Duration.ofSeconds(5);
    static final Duration LONGEST_REST = Duration.ofMinutes(5);

    /**
     * What may be sent now.
     *
     * @param closed hosts that take nothing
     * @param inProgress pushes in progress, by host
     */
    record Openings(Set<String> closed, Map<String, Integer> inProgress) {

        /** The first of these that their hosts take, at most {@code most}. */
        <T> List<T> choose(List<T> waiting, Function<T, String> hostOf, int most) {
            Map<String, Integer> used = new HashMap<>(inProgress);
            List<T> chosen = new ArrayList<>();
            for (T each : waiting) {
                String host = hostOf.apply(each);
                if (chosen.size() < most && !closed.contains(host) && used.getOrDefault(host, 0) < MOST_AT_ONCE) {
                    used.merge(host, 1, Integer::sum);
                    chosen.add(each);
                }
            }
            return chosen;
        }
    }

    /** @param until the end of the rest; the host rests longer if it fails then */
    private record Rest(Instant until, Duration length) {}

    // Both are guarded by this.
    private final Map<String, Integer> inProgress = new HashMap<>();
    private final Map<String, Rest> resting = new HashMap<>();

    synchronized Openings openings(Instant now) {
        Set<String> closed = new HashSet<>();
        inProgress.forEach((host, count) -> {
            if (count >= MOST_AT_ONCE) {
                closed.add(host);
            }
        });
        resting.forEach((host, rest) -> {
            if (rest.until.isAfter(now)) {
                closed.add(host);
            }
        });
        return new Openings(closed, Map.copyOf(inProgress));
    }

    /** A push to this host begins. */
    synchronized void begin(String host) {
        inProgress.merge(host, 1, Integer::sum);
    }

    /** A push to this host ended. */
    synchronized void end(String host, boolean reached, Instant now) {
        inProgress.computeIfPresent(host, (same, count) -> count == 1 ? null : count - 1);
        Rest before = resting.get(host);
        if (reached) {
            resting.remove(host);
        } else if (before == null && resting.size() < MOST_RESTING) {
            resting.put(host, new Rest(now.plus(FIRST_REST), FIRST_REST));
        } else if (before != null && !before.until.isAfter(now)) {
            Duration twice = before.length.multipliedBy(2);
            Duration length = twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
            resting.put(host, new Rest(now.plus(length), length));
        }
        resting.values().removeIf(rest -> rest.until.plus(LONGEST_REST).isBefore(now));
    }
}
