package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Set;
import parley.sql.Statements;

/** What people chose for themselves. Each call waits for the database; not for a thread that serves sockets. */
@ApplicationScoped
public class Preferences {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Profiles profiles;

    /** Those of these people who show nobody what they have read. */
    @Transactional
    public Set<String> withoutReceipts(Collection<String> ids) {
        return Set.copyOf(Statements.query(em, row -> row.getString(1),
                "select p.id from unnest(cast(? as varchar array)) as q(id) join person p on p.id = q.id where not p.receipts",
                (Object) ids.toArray(String[]::new)));
    }

    /** What this person chose; {@link Preference#USUAL} for a person who chose nothing or has never signed in. */
    public Preference of(String id) {
        return profiles.preference(id);
    }
}
