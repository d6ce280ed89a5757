package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Map;
import parley.file.HeldFiles;
import parley.sql.Statements;

/** The transaction that lets released holds go of some of what they kept. */
@ApplicationScoped
class Freeing {

    /** The most events or files of one transaction, for which removals wait. */
    static final int MOST = 200;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Gate gate;
    @Inject
    private HeldFiles files;

    /** Returns how many were let go of; {@link #MOST} means that there may be more. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    int some() {
        return some(gate, files, em);
    }

    static int some(Gate gate, HeldFiles files, EntityManager em) {
        if (!Statements.finds(em, "select 1 from legal_hold h where h.released_at is not null and (exists (select 1 from held_by b where "
                + "b.hold = h.id) or exists (select 1 from hold_file f where f.hold = h.id)) limit 1")) {
            return 0;
        }
        // No removal may link a copy that is being deleted.
        gate.change(0, em);
        int events = HeldRows.freeEvents(MOST, em);
        Map<String, Boolean> freed = HeldRows.freeFiles(MOST, em);
        files.free(freed.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList(), em);
        return Math.max(events, freed.size());
    }
}
