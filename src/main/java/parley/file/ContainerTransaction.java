package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import parley.sql.Rows;

/** The container's transactions. */
@ApplicationScoped
class ContainerTransaction implements OwnTransaction {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public <R> R run(Rows.Work<R> work) {
        return Rows.onConnection(em, work);
    }
}
