package parley.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import parley.sql.Statements;

/** Writes table {@code instance_connections}. */
@ApplicationScoped
class ConnectionRows {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** For the container. */
    protected ConnectionRows() {
    }

    /** On a connection of a test. */
    ConnectionRows(EntityManager em) {
        this.em = em;
    }

    /** Replaces the rows of an instance. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void replace(String node, Collection<ClusterReport.Count> counts) {
        Statements.update(em, "delete from instance_connections where node = ?", node);
        for (ClusterReport.Count count : counts) {
            Statements.update(em, "insert into instance_connections (node, kind, connections, people) values (?, ?, ?, ?)", node,
                    count.kind(), count.connections(), count.people());
        }
    }
}
