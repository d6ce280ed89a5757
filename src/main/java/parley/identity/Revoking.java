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
 * Revoking tokens, and learning what other instances revoked. Where it is revoked it holds when the call returns;
 * elsewhere when {@link #catchUp} is called next, which is once a second. Each call waits for the database.
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
    private Event<Revoked> told;

    // Guarded by this.
    private long position;

    /**
     * Revokes these; answers why not, if so. Doing it again changes nothing.
     *
     * @param at which of a user's tokens: those issued at this moment or before
     * @param by who revokes, for whoever reads the list
     */
    public Optional<Problem> revoke(List<Revocation.Target> targets, Instant at, String by) {
        List<Revocation.Target> fresh = targets.stream().filter(target -> !revocations.knows(target, at)).toList();
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        if (revocations.isFull()) {
            return Optional.of(Problem.unavailable("No more revocations can be kept until older ones are over."));
        }
        log.append(fresh, at, Instant.now().plus(settings.tokens().longestLife()), by);
        catchUp();
        return Optional.empty();
    }

    /** Takes in what the database holds and this instance does not know, in one small query when there is nothing new. */
    public synchronized void catchUp() {
        long head = log.head();
        if (head == position) {
            return;
        }
        // A head that went back is that of an older backup, which was restored: all that it holds is read, what is known stays.
        long from = head < position ? 0 : position;
        for (List<Revocation> next = log.after(from, PAGE); !next.isEmpty(); next = log.after(from, PAGE)) {
            revocations.take(next, Instant.now());
            from = next.getLast().position();
        }
        position = Math.max(head, from);
        told.fire(new Revoked());
    }
}
