package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.protocol.Problem;
import parley.protocol.User;

/**
 * Whose access an administrator ended. This instance has a copy of the list, as of the last {@link #catchUp}, once a second; every
 * handshake and request is checked against it. Safe for every thread. {@link #refusal} never waits; the other calls wait for the database.
 */
@ApplicationScoped
public class Access {

    private static final int PAGE = 1_000;

    @Inject
    private AccessList list;
    @Inject
    private Directory directory;
    @Inject
    private Event<AccessEnded> ended;
    @Inject
    private Event<Renamed> renamed;

    private volatile Set<String> refused = Set.of();
    // Guarded by this.
    private long position = -1;

    /** The refusal of a person whose access ended. */
    public Optional<Problem> refusal(String id) {
        return refused.contains(id) ? Optional.of(Problem.forbidden("An administrator ended your access.")) : Optional.empty();
    }

    /**
     * Ends the access of a person, or allows it again; returns why not. Repeating it changes nothing.
     *
     * @param address of the request, for the audit
     */
    public Optional<Problem> set(String user, boolean allowed, String by, String address) {
        Optional<Problem> problem = list.set(user, allowed, by, address);
        catchUp();
        return problem;
    }

    /** Reads what changed since the last call. Costs one small query if nothing did. */
    public synchronized void catchUp() {
        long head = list.head();
        if (head == position) {
            return;
        }
        refused = list.all();
        // The first call reads no names: nobody is connected yet. The head goes back when an older backup was restored.
        List<User> names = position < 0 || head < position ? List.of() : directory.renamedAfter(position, PAGE);
        position = head;
        ended.fire(new AccessEnded());
        if (!names.isEmpty()) {
            renamed.fire(new Renamed(names));
        }
    }
}
