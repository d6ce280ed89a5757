package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;

/**
 * What is held of a person, for an erasure, in its transaction. The journal shows what an erasure deletes and rewrites to {@link
 * parley.journal.LeavingContent} before.
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

    /** How many events and files each hold keeps that are from this person or name the person, by hold; holds without any are left out. */
    public Map<String, Kept> kept(String person, EntityManager em) {
        return HeldRows.kept(person, em);
    }

    /** What a hold keeps of a person. */
    public record Kept(long events, long files) {}

    /** How many events that this person caused are kept, by any hold. */
    public long count(String person, EntityManager em) {
        return HeldRows.countOf(person, em);
    }
}
