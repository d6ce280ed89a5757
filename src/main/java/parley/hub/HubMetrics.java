package parley.hub;

import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What the hub counts: connections that are open, those that read too slowly, and events put into outboxes. */
final class HubMetrics {

    private final Counter deliveries;
    private final Counter slow;

    HubMetrics(MetricRegistry metrics, Supplier<Integer> connections) {
        deliveries = metrics.counter("parley_deliveries_total");
        slow = metrics.counter("parley_connections_slow_total");
        metrics.gauge("parley_connections", connections);
    }

    void delivered(long frames) {
        deliveries.inc(frames);
    }

    void tooSlow() {
        slow.inc();
    }
}
