package parley.hub;

import java.util.Collection;
import java.util.Map;
import parley.metrics.Counter;
import parley.metrics.Histogram;
import parley.metrics.Metrics;

/** Metrics of the hub: connections, waiting bytes, slow readers, and the delay of events. */
final class HubMetrics {

    private final Counter deliveries;
    private final Counter slow;
    private final Histogram delay;

    HubMetrics(Metrics metrics, Map<String, Connection> connections, Map<String, Feed> feeds) {
        Collection<Connection> open = connections.values();
        deliveries = metrics.count("parley_deliveries_total", "How often an event was put before a subscriber.");
        slow = metrics.count("parley_connections_slow_total", "Connections that were closed with 4101 because they read too slowly.");
        delay = metrics.times("parley_delivery_seconds", "The time from handing a room's events to a connection, after their commit, to "
                + "writing them to its socket. One for each write, by its oldest event.");
        metrics.gauge("parley_connections", "Sockets that are open.", connections::size);
        metrics.gauge("parley_people_online", "People with a connection to this instance.",
                () -> open.stream().map(connection -> connection.caller().id()).distinct().count());
        metrics.gauge("parley_rooms_listened", "Rooms that a connection of this instance listens to.", feeds::size);
        metrics.gauge("parley_outbox_bytes", "What waits to be written, for all connections.",
                () -> open.stream().mapToLong(Connection::waitingBytes).sum());
        metrics.gauge("parley_outbox_largest_bytes", "What waits for the connection with the most.",
                () -> open.stream().mapToLong(Connection::waitingBytes).max().orElse(0));
        metrics.gauge("parley_outbox_oldest_seconds", "How long the slowest connection has been behind.", () -> {
            long now = System.nanoTime();
            return open.stream().mapToLong(connection -> connection.behind(now)).max().orElse(0) / Histogram.SECOND;
        });
    }

    void delivered(long frames) {
        deliveries.add(frames);
    }

    void tooSlow() {
        slow.increment();
    }

    /** Where the time from an offer to its write is counted. */
    Histogram delay() {
        return delay;
    }
}
