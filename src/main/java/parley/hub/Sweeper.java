package parley.hub;

import java.time.Duration;
import java.util.Collection;
import parley.protocol.CloseCode;
import parley.settings.Settings;

/**
 * Looks at every connection a few times a second, instead of a timer for each: pings it in its turn, closes it when it
 * is silent, doesn't read, or its token is over. Each connection's turn to be pinged is at a moment of its own, so pings
 * are spread over time however many connected at once.
 */
final class Sweeper implements Runnable {

    static final Duration EVERY = Duration.ofMillis(250);

    private final Collection<Connection> connections;
    private final Settings settings;

    Sweeper(Collection<Connection> connections, Settings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    @Override
    public void run() {
        sweep(System.nanoTime(), System.currentTimeMillis());
    }

    private void sweep(long now, long time) {
        long gone = now - settings.silence().toNanos();
        long every = settings.heartbeat().toNanos();
        long longestWait = settings.outboxWait().toNanos();
        for (Connection connection : connections) {
            connection.closeIfBehind(now, longestWait);
            if (connection.isOver(time)) {
                connection.expire();
            } else if (connection.silentSince(gone)) {
                connection.close(CloseCode.SILENT, "no answer to the heartbeat");
            } else {
                connection.pingIfDue(now, every);
            }
        }
    }
}
