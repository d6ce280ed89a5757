package parley.hub;

import java.time.Duration;
import java.util.Collection;
import parley.settings.Settings;

/**
 * Checks every connection four times a second, which is cheaper than a timer for each. Sends a ping if one is due, and closes the
 * connection if the client is silent or does not read, or if the token has expired.
 */
final class ConnectionSweep implements Runnable {

    static final Duration EVERY = Duration.ofMillis(250);

    private final Collection<Connection> connections;
    private final Heartbeat.Pace pace;

    ConnectionSweep(Collection<Connection> connections, Settings settings) {
        this.connections = connections;
        pace = Heartbeat.Pace.of(settings);
    }

    @Override
    public void run() {
        sweep(System.nanoTime(), System.currentTimeMillis());
    }

    private void sweep(long now, long time) {
        for (Connection connection : connections) {
            if (connection.isExpired(time)) {
                connection.expire();
            }
            connection.sweep(now, pace);
        }
    }
}
