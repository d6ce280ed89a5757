package parley.limits;

import java.util.EnumMap;
import java.util.Map;
import parley.metrics.Counter;
import parley.metrics.Metrics;

/** Counts the refusals of each limit. */
final class LimitMetrics {

    private final Map<Limit, Counter> refused = new EnumMap<>(Limit.class);

    LimitMetrics(Metrics metrics) {
        for (Limit limit : Limit.values()) {
            refused.put(limit, metrics.count("parley_limited_total", "What a limit of a user or an address refused.",
                    "limit", limit.wire()));
        }
    }

    void refused(Limit limit) {
        refused.get(limit).increment();
    }
}
