package parley.outlet;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many threads the runs of each share have. Safe for every thread. */
final class Shares {

    private final int most;
    private final Map<String, Integer> running = new ConcurrentHashMap<>();

    /** @param most the most threads of a share */
    Shares(int most) {
        this.most = most;
    }

    /** Whether a run of this share may begin; then it counts until {@link #end}. */
    boolean begin(String share) {
        int now = running.merge(share, 1, Integer::sum);
        if (now > most) {
            end(share);
        }
        return now <= most;
    }

    void end(String share) {
        running.computeIfPresent(share, (same, count) -> count == 1 ? null : count - 1);
    }

    /** The shares that have all the threads they may have. */
    List<String> full() {
        return running.entrySet().stream().filter(share -> share.getValue() >= most).map(Map.Entry::getKey).toList();
    }
}
