package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import parley.protocol.Problem;
import parley.sql.Statements;

/** The transaction that stores a snapshot. */
@ApplicationScoped
class SnapshotCommit {

    /** The snapshots that are kept: the two newest, and the two oldest, of which the first covers removed updates. */
    private static final int NEWEST = 2;
    private static final int OLDEST = 2;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    @Transactional
    Optional<Problem> store(String room, String document, String author, long version, byte[] content) {
        // Locks the document, so that no update is removed meanwhile and snapshots are stored one at a time.
        List<long[]> heads = Statements.query(em, row -> new long[] {row.getLong(1), row.getLong(2)},
                "select version, base from document where room = ? and id = ? for update", room, document);
        if (heads.isEmpty()) {
            return Optional.of(Problem.noSuchDocument());
        }
        List<Long> known = SnapshotRows.versions(document, em);
        long newest = known.isEmpty() ? 0 : known.getLast();
        if (version > heads.getFirst()[0]) {
            return Optional.of(Problem.conflict("`version` must be at most " + heads.getFirst()[0] + ", the version of the document."));
        }
        if (version < newest || version <= heads.getFirst()[1]) {
            return Optional.of(Problem.conflict("`version` is too old: there is a snapshot of version " + newest + "."));
        }
        SnapshotRows.delete(document, version, em);
        SnapshotRows.insert(document, author, version, content, em);
        if (version > newest) {
            thin(document, known);
        }
        return Optional.empty();
    }

    // The list lacks the snapshot that was just stored.
    private void thin(String document, List<Long> known) {
        for (int i = OLDEST; i < known.size() - NEWEST + 1; i++) {
            SnapshotRows.delete(document, known.get(i), em);
        }
    }
}
