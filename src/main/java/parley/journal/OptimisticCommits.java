package parley.journal;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import parley.room.Projection;
import parley.room.Quotas;

/** Makes the {@link OptimisticCommit} of each writer. */
@ApplicationScoped
class OptimisticCommits {

    @Resource(lookup = "jdbc/parley")
    private DataSource pool;
    @Inject
    private Views views;
    @Inject
    private DecisionContexts contexts;
    @Inject
    private Quotas quotas;
    @Inject
    private Copies copies;
    @Inject
    @Any
    private Instance<Projection> projections;

    OptimisticCommit forWriter() {
        return new OptimisticCommit(new WriterConnection(pool), views, contexts, quotas, copies, projections.stream().toList());
    }
}
