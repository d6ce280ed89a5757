package parley.hub;

import java.time.Duration;
import java.util.Collection;
import parley.settings.Settings;

/**
 * Looks at every connection a few times a second, instead of a timer for each: pings it in its turn, closes it when it
 * is silent, doesn't read, or its token is over.
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
