package parley.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A bucket for each user or each address that was active recently. A bucket that is not used for {@link #IDLE} is full again and removed.
 * Past the bound, little-used buckets are removed earlier; a removed bucket is full when it is used again. Safe for every thread.
 */
final class Buckets {

    // Longer than the emptiest bucket needs to fill.
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final int MOST_REPORTED = 2_000;

    private final Rate rate;
    private final LongSupplier ticker;
    private final Cache<String, Bucket> buckets;
    private final Set<String> reportable = ConcurrentHashMap.newKeySet();

    /**
     * @param most how many buckets are kept
     * @param ticker the time as {@link System#nanoTime} has it
     */
    Buckets(int perMinute, int most, LongSupplier ticker) {
        rate = new Rate(perMinute);
        this.ticker = ticker;
        buckets = Caffeine.newBuilder().maximumSize(most).expireAfterAccess(IDLE).ticker(ticker::getAsLong).build();
    }

    /** Takes units of this user or address and answers 0, or takes nothing and answers after how many nanoseconds they will be there. */
    long take(String key, int units) {
        Bucket bucket = bucket(key);
        long wait = bucket.take(rate.nanos(units), ticker.getAsLong());
        // If the set is full, the key is added with its next use.
        if (wait == 0 && bucket.addUnreported(units) >= rate.reportable() && reportable.size() < MOST_REPORTED) {
            reportable.add(key);
        }
        return wait;
    }

    /** Takes units that were used at another instance. */
    void charge(String key, long units) {
        bucket(key).charge(rate.nanos(units), ticker.getAsLong());
    }

    /** The units taken here since the last report, of at most {@value #MOST_REPORTED} users or addresses that took a tenth or more. */
    Map<String, Long> report() {
        Map<String, Long> report = new HashMap<>();
        for (Iterator<String> each = reportable.iterator(); each.hasNext();) {
            String key = each.next();
            each.remove();
            Bucket bucket = buckets.getIfPresent(key);
            long units = bucket == null ? 0 : bucket.takeUnreported();
            if (units > 0) {
                report.put(key, units);
            }
        }
        return report;
    }

    private Bucket bucket(String key) {
        return buckets.get(key, unseen -> new Bucket(ticker.getAsLong()));
    }
}
