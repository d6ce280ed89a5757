package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.sql.Statements;

/** Finds and removes documents, updates and snapshots that are no longer needed. Each call is a transaction and waits for the database. */
@ApplicationScoped
class OldDocuments {

    private static final String COVERING = """
            select max(version) from document_snapshot s where s.document = d.id and s.version > d.base and s.created_at < ?""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** A document and its version. */
    record Found(String id, long version) {}

    /** Some documents of rooms that are closed. */
    @Transactional
    List<String> ofClosedRooms(int most) {
        return Statements.query(em, row -> row.getString(1),
                "select d.id from document d join room r on r.id = d.room where r.closed_at is not null order by d.id limit " + most);
    }

    /** The documents of a room that nobody has changed since a time. */
    @Transactional
    List<Found> unchanged(String room, Instant since) {
        return Statements.query(em, row -> new Found(row.getString(1), row.getLong(2)),
                "select id, version from document where room = ? and changed_at < ?", room, since.toEpochMilli());
    }

    /** Documents with updates that a snapshot from before a time covers, by id, after an id. */
    @Transactional
    List<String> covered(String after, Instant before, int most) {
        return Statements.query(em, row -> row.getString(1), "select d.id from document d where d.id > ? and (" + COVERING
                + ") is not null order by d.id limit " + most, after, before.toEpochMilli());
    }

    /** Deletes a document. */
    @Transactional
    void delete(String document) {
        DocumentProjection.delete(document, em);
    }

    /** Removes the updates that the newest snapshot from before a time covers, and the snapshots before it. */
    @Transactional
    void trim(String document, Instant before) {
        lockAndFind(document, before).ifPresent(covered -> {
            long bytes = Statements.query(em, row -> row.getLong(1),
                    "select coalesce(sum(octet_length(content)), 0) from document_update where document = ? and version <= ?", document,
                    covered).getFirst();
            Statements.update(em, "delete from document_update where document = ? and version <= ?", document, covered);
            SnapshotRows.versions(document, em).stream().filter(version -> version < covered)
                    .forEach(version -> SnapshotRows.delete(document, version, em));
            Statements.update(em, "update document set base = ?, bytes = bytes - ? where id = ?", covered, bytes, document);
        });
    }

    private Optional<Long> lockAndFind(String document, Instant before) {
        Statements.query(em, row -> row.getString(1), "select id from document where id = ? for update", document);
        return Statements.query(em, row -> row.getLong(1), "select s.version from document_snapshot s join document d on d.id = s.document "
                + "where d.id = ? and s.version > d.base and s.created_at < ? order by s.version desc limit 1", document,
                before.toEpochMilli()).stream().findFirst();
    }
}
