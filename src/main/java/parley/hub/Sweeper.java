package parley.hub;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import parley.protocol.CloseCode;
import parley.settings.Settings;

/**
 * Looks at every connection once a second, instead of a timer for each: pings those that are silent, closes those that
 * stay so, those that don't read, and those whose token is over.
 */
final class Sweeper implements Runnable {

    static final Duration EVERY = Duration.ofSeconds(1);

    private final Collection<Connection> connections;
    private final Settings settings;

    Sweeper(Collection<Connection> connections, Settings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    @Override
    public void run() {
        sweep(System.nanoTime(), Instant.now());
    }

    private void sweep(long now, Instant time) {
        long quiet = now - settings.heartbeat().toNanos();
        long gone = now - settings.silence().toNanos();
        long stuck = now - settings.outboxWait().toNanos();
        for (Connection connection : connections) {
            connection.closeIfStuck(stuck);
            if (connection.caller().expires().isBefore(time)) {
                connection.close(CloseCode.SIGNED_OUT, "the token expired");
            } else if (connection.silentSince(gone)) {
                connection.close(CloseCode.SILENT, "no answer to the heartbeat");
            } else if (connection.silentSince(quiet) && !connection.pingedSince(quiet)) {
                connection.ping();
            }
        }
    }
}
