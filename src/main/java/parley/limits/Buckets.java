package parley.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bucket for each user or each address that was active lately. One that rests for {@link #FORGOTTEN} is full again and
 * forgotten; past the bound one that was used little is forgotten earlier, and is full when it is asked for again. Safe for
 * every thread.
 */
final class Buckets {

    // Longer than the emptiest bucket needs to be full.
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);
    private static final int MOST_TOLD = 2_000;

    private final Rate allowance;
    private final Cache<String, Bucket> buckets;
    private final Set<String> noticed = ConcurrentHashMap.newKeySet();

    /** {@code most} of them are kept. */
    Buckets(int aMinute, int most) {
        allowance = new Rate(aMinute);
        buckets = Caffeine.newBuilder().maximumSize(most).expireAfterAccess(FORGOTTEN).build();
    }

    /** Takes units of this user's or address's; answers 0, or after how many nanoseconds they will be there. */
    long take(String of, int units) {
        Bucket bucket = bucket(of);
        long wait = bucket.take(allowance.nanos(units), System.nanoTime());
        // Whoever is not noticed while too many are is noticed with what they take next.
        if (wait == 0 && bucket.note(units) >= allowance.noticeable() && noticed.size() < MOST_TOLD) {
            noticed.add(of);
        }
        return wait;
    }

    /** Takes units that were used at another node. */
    void charge(String of, long units) {
        bucket(of).charge(allowance.nanos(units), System.nanoTime());
    }

    /** The units that were taken here since this was asked last, of those who took a noticeable part; {@value #MOST_TOLD} at most. */
    Map<String, Long> taken() {
        Map<String, Long> taken = new HashMap<>();
        for (Iterator<String> each = noticed.iterator(); each.hasNext();) {
            String of = each.next();
            each.remove();
            Bucket bucket = buckets.getIfPresent(of);
            long units = bucket == null ? 0 : bucket.noted();
            if (units > 0) {
                taken.put(of, units);
            }
        }
        return taken;
    }

    private Bucket bucket(String of) {
        return buckets.get(of, unseen -> new Bucket(System.nanoTime()));
    }
}
