package parley.limits;

import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** How often each limit refused something. */
final class LimitMetrics {

    private final Map<Limit, Counter> refused = new EnumMap<>(Limit.class);

    LimitMetrics(MetricRegistry registry) {
        for (Limit limit : Limit.values()) {
            refused.put(limit, registry.counter("parley_limited_total", new Tag("limit", limit.wire())));
        }
    }

    void refused(Limit limit) {
        refused.get(limit).inc();
    }
}
