package parley.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Publishes roots: stores them, writes each to the server log as one line, and hands them over to {@link RootOutlet}s. */
@ApplicationScoped
class Publishing {

    private static final Logger LOG = Logger.getLogger(Publishing.class.getName());
    /** Roots that are handed over in one run. */
    private static final int MOST_SENT = 100;

    @Inject
    private Roots roots;
    @Inject
    @Any
    private Instance<RootOutlet> outlets;

    /** Publishes a root if the last one is older than this. */
    void publishDue(Duration every) {
        roots.make(Instant.now(), every).ifPresent(Publishing::log);
    }

    /** Publishes a root now. */
    PublishedRoot publish() {
        PublishedRoot root = roots.make(Instant.now(), Duration.ZERO).orElseThrow();
        log(root);
        return root;
    }

    private static void log(PublishedRoot root) {
        LOG.log(Level.INFO, "Evidence root: {0}", root.text());
    }

    /** Hands over what the other system has not received yet. One that is away gets it with a later run. */
    void send() {
        Optional<RootOutlet> outlet = outlets.stream().filter(RootOutlet::isOn).findFirst();
        if (outlet.isPresent()) {
            List<PublishedRoot> unsent = roots.unsent(MOST_SENT);
            int taken = unsent.isEmpty() ? 0 : outlet.get().take(unsent.stream().map(PublishedRoot::text).toList());
            if (taken > 0) {
                roots.sent(unsent.subList(0, taken));
            }
        }
    }
}
