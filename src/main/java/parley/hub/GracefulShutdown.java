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

    private volatile boolean draining;
    private Hub hub;
    private Journal journal;
    private Duration window;

    /** For the container's proxy. */
    protected GracefulShutdown() {
    }

    @Inject
    GracefulShutdown(Hub hub, Journal journal, Settings settings) {
        this.hub = hub;
        this.journal = journal;
        window = settings.cluster().drainWindow();
    }

    /** Whether this instance sends everyone away. */
    public boolean isDraining() {
        return draining;
    }

    /** Closes all connections and returns how many. Waits at most 5 s for commands in progress. */
    public synchronized int drain() {
        draining = true;
        journal.awaitIdle(LONGEST_COMMAND);
        int sent = hub.sendAway(window);
        LOG.log(Level.INFO, "Draining: {0} connections were told to come back within {1} s", new Object[] {sent, window.toSeconds()});
        return sent;
    }

    /** Accepts clients again; waits for a running shutdown to finish. */
    public synchronized void reopen() {
        hub.letIn();
        draining = false;
    }
}
