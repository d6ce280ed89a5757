package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;

/**
 * What is held of a person, for an erasure, in its transaction. To keep and then remove, an erasure shows what it removes to
 * {@link parley.journal.LeavingContent} with the reason {@code ERASED}, and removes it then.
 */
@ApplicationScoped
public class Held {

    private ActiveHolds holds;

    /** For the container's proxy. */
    protected Held() {
    }

    @Inject
    Held(ActiveHolds holds) {
        this.holds = holds;
    }

    /**
     * The holds in force that may cover something that this person wrote. Exact until the transaction ends: no hold begins or ends
     * meanwhile.
     */
    public List<Hold> mayCover(String person, EntityManager em) {
        return holds.locked(em).stream().filter(hold -> hold.scope().reachesPerson(person)).toList();
    }

    /** How many events that this person caused are kept, by any hold. */
    public long count(String person, EntityManager em) {
        return HeldRows.countOf(person, em);
    }
}
