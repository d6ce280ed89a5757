package parley.bus;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import parley.metrics.Count;
import parley.metrics.Metrics;

/** What the bus counts. Not there on an instance that meets no others. */
final class BusMetrics {

    private final Count published;
    private final Count received;
    private final Count dropped;
    private final Count refused;

    BusMetrics(Metrics metrics, IntSupplier nodes, BooleanSupplier connected) {
        published = metrics.count("parley_bus_published_total", "Messages to the other instances.");
        received = metrics.count("parley_bus_received_total", "Messages on the topic, this instance's own among them.");
        dropped = metrics.count("parley_bus_dropped_total",
                "What was not told to the other instances, because the broker was away or the queue full. They read it from the database.");
        refused = metrics.count("parley_bus_refused_total", "Messages on the topic that were forged, repeated, cut or foreign.");
        metrics.gauge("parley_bus_nodes", "Other instances that are heard of.", nodes::getAsInt);
        metrics.gauge("parley_bus_connected", "1 while the broker can be reached and heard, otherwise 0.", () -> connected.getAsBoolean() ? 1 : 0);
    }

    void published() {
        published.one();
    }

    void received() {
        received.one();
    }

    void dropped(int packets) {
        dropped.add(packets);
    }

    void refused(int messages) {
        refused.add(messages);
    }
}
