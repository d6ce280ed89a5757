package parley.hub;

import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What the hub counts: connections that are open, and events put into outboxes. */
final class HubMetrics {

    private final Counter deliveries;

    HubMetrics(MetricRegistry metrics, Supplier<Integer> connections) {
        deliveries = metrics.counter("parley_deliveries_total");
        metrics.gauge("parley_connections", connections);
    }

    void delivered(long frames) {
        deliveries.inc(frames);
    }
}
