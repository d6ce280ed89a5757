package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import parley.export.HeldContent;

/** Adds what the holds in force keep to the exports of administrators that ask for it. */
@ApplicationScoped
class HeldForExports implements HeldContent {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public List<Original> of(String room, long offset, int version, int most) {
        return HeldRows.ofRoom(room, offset, version, most, em).stream().map(event ->
                new Original(event.original().offset(), event.version(), event.removed(), event.original().frame().text())).toList();
    }
}
