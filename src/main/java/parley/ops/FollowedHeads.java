package parley.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import parley.sql.Statements;

/** Reads the heads of {@link parley.sql.Followed} tables. Waits for the database. */
@ApplicationScoped
class FollowedHeads {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** The numbers that these queries find, in their order. */
    @Transactional
    List<Long> of(List<String> queries) {
        String all = queries.stream().map(query -> "(" + query + ")").collect(Collectors.joining(", ", "select ", ""));
        return Statements.query(em, row -> {
            List<Long> heads = new ArrayList<>();
            for (int column = 1; column <= queries.size(); column++) {
                heads.add(row.getLong(column));
            }
            return heads;
        }, all).getFirst();
    }
}
