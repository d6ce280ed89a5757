package parley.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.settings.Settings;

/** What administrators see of the evidence, and may do. The caller has checked that an administrator asks. Calls wait for the database. */
@ApplicationScoped
public class Evidence {

    private static final Duration LONGEST_SEALING = Duration.ofSeconds(5);

    @Inject
    private Settings settings;
    @Inject
    private Sealing sealing;
    @Inject
    private Publishing publishing;
    @Inject
    private Roots roots;
    @Inject
    private AuditLog audit;

    /**
     * How far the evidence is.
     *
     * @param on whether the settings switch it on
     * @param waiting whether it waits until no instance of an earlier version runs
     * @param roomsBehind rooms with events that are not sealed
     * @param eventsBehind these events
     * @param keys the keys, the last one first
     */
    public record Status(boolean on, boolean waiting, long roomsBehind, long eventsBehind, Optional<PublishedRoot> last,
                         List<SigningKey> keys) {}

    /** How far the evidence is. */
    public Status status() {
        ChainRows.Backlog backlog = roots.backlog();
        boolean on = settings.evidence().isOn();
        return new Status(on, on && !sealing.mayWork(), backlog.rooms(), backlog.events(), roots.last(), roots.keys());
    }

    /** Roots after a number, in order. */
    public List<PublishedRoot> roots(long after, int most) {
        return roots.after(after, most);
    }

    /** Seals what is new and publishes a root now. Empty if evidence is off, or waits for other instances. */
    public Optional<PublishedRoot> publish(String by, String address) {
        if (!sealing.mayWork()) {
            return Optional.empty();
        }
        sealing.seal(LONGEST_SEALING);
        PublishedRoot root = publishing.publish();
        audit.write(List.of(new AuditEvent(Instant.now(), "evidence.published", by, null, null, address, String.valueOf(root.number()),
                1)));
        return Optional.of(root);
    }

    /** Makes a new key, which signs all later roots. The present one endorses it. */
    public SigningKey changeKey(String by, String address) {
        SigningKey key = roots.changeKey(Instant.now());
        audit.write(List.of(new AuditEvent(Instant.now(), "evidence.key.changed", by, null, null, address, key.id(), 1)));
        return key;
    }
}
