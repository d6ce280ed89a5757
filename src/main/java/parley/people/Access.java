package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import parley.protocol.Problem;
import parley.sql.Followed;

/**
 * Whose access an administrator ended. This instance has a copy of the list, as of the last {@link #catchUp}, once a second; every
 * handshake and request is checked against it. Safe for every thread. {@link #refusal} never waits; the other calls wait for the database.
 */
@ApplicationScoped
public class Access implements Followed {

    /** Who ends and gives back access for the company's directory. It gives back only what it ended. */
    public static final String DIRECTORY = "scim";

    @Inject
    private AccessList list;
    @Inject
    private ErasedPeople erased;
    @Inject
    private Event<AccessEnded> ended;

    private volatile Set<String> refused = Set.of();
    // Guarded by this.
    private long position = -1;

    /** The refusal of a person whose access ended. */
    public Optional<Problem> refusal(String id) {
        Set<String> now = refused;
        return now.contains(id) || erased.knownMark(id).filter(now::contains).isPresent()
                ? Optional.of(Problem.forbidden("An administrator ended your access.")) : Optional.empty();
    }

    /** Whether this person was erased, and may not come back. */
    public boolean isErased(String id) {
        return list.has(erased.mark(id));
    }

    /** Forgets the id of a person whose access ended, and still refuses the person. Repeating it changes nothing. */
    public void erase(String user, String by) {
        list.replace(user, erased.mark(user), by);
        catchUp(list.head());
    }

    /**
     * Ends the access of a person, or allows it again; returns why not. Repeating it changes nothing.
     *
     * @param address of the request, for the audit
     */
    public Optional<Problem> set(String user, boolean allowed, String by, String address) {
        Optional<Problem> problem = list.set(allowed && isErased(user) ? erased.mark(user) : user, allowed, by, address);
        catchUp(list.head());
        return problem;
    }

    /** Whether this one ended the access of a person. */
    public boolean isEndedBy(String user, String by) {
        return list.isEndedBy(user, by);
    }

    @Override
    public String headQuery() {
        return PersonHead.ACCESS.query();
    }

    @Override
    public synchronized void catchUp(long head) {
        if (head != position) {
            Set<String> all = list.all();
            if (all.stream().anyMatch(user -> user.startsWith(ErasedPeople.PREFIX))) {
                // Reads the key, if this instance does not have it yet.
                erased.mark("");
            }
            refused = all;
            position = head;
            ended.fire(new AccessEnded());
        }
    }
}
