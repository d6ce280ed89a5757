package parley.hub;

import java.util.Collection;
import parley.metrics.Counter;
import parley.metrics.Histogram;
import parley.metrics.Metrics;

/** Metrics of the connections: their number, their users, their backlog, and closes because of slow reading. */
final class ConnectionMetrics {

    private final Counter slow;

    /** @param open a live view of the open connections */
    ConnectionMetrics(Metrics metrics, Collection<Connection> open) {
        slow = metrics.count("parley_connections_slow_total", "Connections that were closed with 4101 because they did not read.");
        metrics.gauge("parley_connections", "Sockets that are open.", open::size);
        metrics.gauge("parley_people_online", "People with a connection to this instance.",
                () -> open.stream().map(connection -> connection.caller().id()).distinct().count());
        metrics.gauge("parley_outbox_bytes", "Bytes that wait to be written, for all connections.",
                () -> open.stream().mapToLong(Connection::waitingBytes).sum());
        metrics.gauge("parley_outbox_largest_bytes", "Bytes that wait to be written, for the connection with the most.",
                () -> open.stream().mapToLong(Connection::waitingBytes).max().orElse(0));
        metrics.gauge("parley_subscriptions_behind", "Subscriptions that read the log because their connection reads slowly.",
                () -> open.stream().mapToLong(connection -> connection.behind().size()).sum());
        metrics.gauge("parley_outbox_oldest_seconds", "The longest time for which a connection with waiting bytes has read nothing.", () -> {
            long now = System.nanoTime();
            return open.stream().mapToLong(connection -> connection.stuck(now)).max().orElse(0) / Histogram.SECOND;
        });
    }

    void tooSlow() {
        slow.increment();
    }
}
