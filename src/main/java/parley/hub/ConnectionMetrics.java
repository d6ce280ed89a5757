package parley.hub;

import java.util.Collection;
import parley.metrics.Counter;
import parley.metrics.Histogram;
import parley.metrics.Metrics;

/** Metrics of the connections: how many, what waits for them, and slow readers. */
final class ConnectionMetrics {

    private final Counter slow;

    /** @param open the open connections, which change */
    ConnectionMetrics(Metrics metrics, Collection<Connection> open) {
        slow = metrics.count("parley_connections_slow_total", "Connections that were closed with 4101 because they read too slowly.");
        metrics.gauge("parley_connections", "Sockets that are open.", open::size);
        metrics.gauge("parley_people_online", "People with a connection to this instance.",
                () -> open.stream().map(connection -> connection.caller().id()).distinct().count());
        metrics.gauge("parley_outbox_bytes", "What waits to be written, for all connections.",
                () -> open.stream().mapToLong(Connection::waitingBytes).sum());
        metrics.gauge("parley_outbox_largest_bytes", "What waits for the connection with the most.",
                () -> open.stream().mapToLong(Connection::waitingBytes).max().orElse(0));
        metrics.gauge("parley_outbox_oldest_seconds", "How long the slowest connection has been behind.", () -> {
            long now = System.nanoTime();
            return open.stream().mapToLong(connection -> connection.behind(now)).max().orElse(0) / Histogram.SECOND;
        });
    }

    void tooSlow() {
        slow.increment();
    }
}
