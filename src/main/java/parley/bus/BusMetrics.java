package parley.bus;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** What the bus counts. */
final class BusMetrics {

    private final Counter published;
    private final Counter received;
    private final Counter dropped;
    private final Counter refused;

    BusMetrics(MetricRegistry registry, IntSupplier nodes, BooleanSupplier connected) {
        published = registry.counter("parley_bus_published_total");
        received = registry.counter("parley_bus_received_total");
        dropped = registry.counter("parley_bus_dropped_total");
        refused = registry.counter("parley_bus_refused_total");
        registry.gauge("parley_bus_nodes", nodes::getAsInt);
        registry.gauge("parley_bus_connected", () -> connected.getAsBoolean() ? 1 : 0);
    }

    void published() {
        published.inc();
    }

    void received() {
        received.inc();
    }

    void dropped(int packets) {
        dropped.inc(packets);
    }

    void refused(int messages) {
        refused.inc(messages);
    }
}
