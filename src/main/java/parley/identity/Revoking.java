package parley.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.protocol.Problem;
import parley.settings.Settings;

/**
 * Revokes tokens, and reads what other instances revoked. A revocation applies on this instance when the call returns, and on others at
 * their next {@link #catchUp}, once a second. Each call waits for the database.
 */
@ApplicationScoped
public class Revoking {

    private static final int PAGE = 1_000;

    @Inject
    private RevocationLog log;
    @Inject
    private Revocations revocations;
    @Inject
    private Settings settings;
    @Inject
    private Event<Revoked> revoked;

    // Guarded by this.
    private long position;

    /**
     * Revokes these, or answers why not. Repeating a revocation changes nothing.
     *
     * @param at of a user's tokens, those issued at this time or before are revoked
     * @param by who revokes them, for the list of revocations
     */
    public Optional<Problem> revoke(List<Revocation.Target> targets, Instant at, String by) {
        List<Revocation.Target> fresh = targets.stream().filter(target -> !revocations.covers(target, at)).toList();
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        if (revocations.isFull()) {
            return Optional.of(Problem.unavailable("The list of revocations is full until older ones end."));
        }
        log.append(fresh, at, Instant.now().plus(settings.tokens().longestLife()), by);
        catchUp();
        return Optional.empty();
    }

    /** Reads the revocations that this instance doesn't know. Costs one small query if there are none. */
    public synchronized void catchUp() {
        long head = log.head();
        if (head == position) {
            return;
        }
        // The head goes back when an older backup was restored: read all of it, and keep what is known.
        long from = head < position ? 0 : position;
        for (List<Revocation> next = log.after(from, PAGE); !next.isEmpty(); next = log.after(from, PAGE)) {
            revocations.add(next, Instant.now());
            from = next.getLast().position();
        }
        position = Math.max(head, from);
        revoked.fire(new Revoked());
    }
}
