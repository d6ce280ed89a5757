package parley.bus;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import parley.metrics.Counter;
import parley.metrics.Metrics;

/** The metrics of the bus. An instance without JMS resources does not register them. */
final class BusMetrics {

    private final Counter published;
    private final Counter received;
    private final Counter bytes;
    private final Counter dropped;
    private final Counter refused;

    BusMetrics(Metrics metrics, IntSupplier others, BooleanSupplier connected) {
        published = metrics.count("parley_bus_published_total", "Messages sent to the topic.");
        received = metrics.count("parley_bus_received_total", "Messages received from the topic, including this instance's own.");
        bytes = metrics.count("parley_bus_received_bytes_total", "Bytes of the messages received from the topic.");
        dropped = metrics.count("parley_bus_dropped_total",
                "Packets that were not sent, because the broker was unreachable or the queue was full. Other instances read the log.");
        refused = metrics.count("parley_bus_refused_total",
                "Messages on the topic that were refused: forged, replayed, malformed or of another version.");
        metrics.gauge("parley_bus_nodes", "Other instances of the cluster that this one receives messages from.", others::getAsInt);
        metrics.gauge("parley_bus_connected", "1 while this instance can send to the topic and receive from it, otherwise 0.",
                () -> connected.getAsBoolean() ? 1 : 0);
    }

    void published() {
        published.increment();
    }

    void received() {
        received.increment();
    }

    void receivedBytes(int count) {
        bytes.add(count);
    }

    void dropped(int packets) {
        dropped.add(packets);
    }

    void refused(int messages) {
        refused.add(messages);
    }
}
