package parley.feature;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.Feature;
import parley.sql.Statements;

/** The table of features that are switched off. Each call is a transaction of its own. */
@ApplicationScoped
class FeatureRows {

    static final String HEAD = "select log_position from installation_head where topic = 'features'";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** The number of changes so far. */
    @Transactional
    long head() {
        return Statements.query(em, row -> row.getLong(1), HEAD).getFirst();
    }

    /** What is switched off. A feature that only another version knows is left out. */
    @Transactional
    List<FeatureOff> off() {
        return Statements.query(em, row -> {
            String name = row.getString(1);
            String by = row.getString(2);
            Instant at = Instant.ofEpochMilli(row.getLong(3));
            return Stream.of(Feature.values()).filter(feature -> feature.wire().equals(name)).findFirst()
                    .map(feature -> new FeatureOff(feature, by, at));
        }, "select feature, switched_by, switched_at from feature_off").stream().flatMap(Optional::stream).toList();
    }

    /** Switches a feature, unless it is so already. */
    @Transactional
    void change(Feature feature, boolean on, AuditEvent event) {
        // Locks the head until the transaction ends, so that two administrators take turns.
        Statements.update(em, "update installation_head set log_position = log_position + 1 where topic = 'features'");
        int changed = 0;
        if (on) {
            changed = Statements.update(em, "delete from feature_off where feature = ?", feature.wire());
        } else if (!Statements.finds(em, "select 1 from feature_off where feature = ?", feature.wire())) {
            changed = Statements.update(em, "insert into feature_off (feature, switched_by, switched_at) values (?, ?, ?)", feature.wire(),
                    event.actor(), event.at().toEpochMilli());
        }
        if (changed > 0) {
            audit.write(List.of(event));
        }
    }
}
