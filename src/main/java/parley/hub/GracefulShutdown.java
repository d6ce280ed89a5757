package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.journal.Journal;
import parley.settings.Settings;

/**
 * Sending everyone away before an instance stops: nobody new is let in, new commands are refused as temporary, those
 * under way are finished, and every client is told to come back, at a moment of its own within the window, wherever
 * the load balancer then sends it.
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

    /** Sends everyone away; answers how many connections that were. Waits for the commands under way, 5 s at most. */
    public synchronized int drain() {
        draining = true;
        journal.awaitIdle(LONGEST_COMMAND);
        int sent = hub.sendAway(window);
        LOG.log(Level.INFO, "Draining: {0} connections were told to come back within {1} s", new Object[] {sent, window.toSeconds()});
        return sent;
    }

    /** Lets clients in again; while they are being sent away, as soon as that is done. */
    public synchronized void reopen() {
        hub.letIn();
        draining = false;
    }
}
