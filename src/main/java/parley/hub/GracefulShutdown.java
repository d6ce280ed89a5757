package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.journal.Journal;
import parley.settings.Settings;

/**
 * Graceful shutdown of an instance: refuses new connections and new commands as temporary, finishes the commands in progress, and
 * gives each client its own delay within the window before it reconnects wherever the load balancer sends it.
 */
@ApplicationScoped
public class GracefulShutdown {

    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class.getName());
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(5);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private volatile boolean draining;
    private Connections connections;
    private Journal journal;
    private Duration window;

    /** For the container's proxy. */
    protected GracefulShutdown() {
    }

    @Inject
    GracefulShutdown(Connections connections, Journal journal, Settings settings) {
        this.connections = connections;
        this.journal = journal;
        window = settings.cluster().drainWindow();
    }

    /** Whether this instance sends everyone away. */
    public boolean isDraining() {
        return draining;
    }

    /** Closes all connections and returns how many. Waits at most 5 s for commands in progress, and at most 2 s for the clients. */
    public synchronized int drain() {
        draining = true;
        journal.awaitIdle(LONGEST_COMMAND);
        int sent = connections.sendAway(window);
        awaitClosed();
        connections.abort();
        LOG.log(Level.INFO, "Draining: {0} connections were told to come back within {1} s", new Object[] {sent, window.toSeconds()});
        return sent;
    }

    private void awaitClosed() {
        try {
            for (long end = System.nanoTime() + LONGEST_CLOSE.toNanos(); !connections.isEmpty() && System.nanoTime() < end;) {
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Accepts clients again; waits for a running shutdown to finish. */
    public synchronized void reopen() {
        connections.reopen();
        draining = false;
    }
}
