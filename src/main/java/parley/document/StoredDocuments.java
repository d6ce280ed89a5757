package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.settings.Settings;
import parley.sql.Rows;
import parley.sql.Statements;

/** Reads documents. Each call waits for the database. */
@ApplicationScoped
public class StoredDocuments {

    /** The most bytes of updates that one read returns, unless a single one has more. */
    private static final int MOST_BYTES = 192 << 10;
    /** The most updates that one read returns. */
    private static final int MOST_UPDATES = 10_000;
    private static final int ROWS_AT_ONCE = 500;
    private static final int PART_OF_OUTBOX = 6;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Settings settings;

    /** A document in the list of a room. */
    public record Listed(String id, String title, String creator, long version, Instant createdAt, Instant changedAt) {}

    /** An update as it is stored. */
    record Stored(long version, String author, byte[] content) {}

    /**
     * The part of a document that a client lacks.
     *
     * @param snapshot of the updates before these, unless it is too long for a frame
     * @param download whether there is a snapshot of {@code from} that is too long for a frame
     * @param from the version before the first of the updates
     * @param updates in order without a gap
     * @param head the version of the document
     */
    record Content(String title, Optional<byte[]> snapshot, boolean download, long from, List<Stored> updates, boolean recovered,
                   long head) {

        /** The version of the last of the updates. */
        long version() {
            return updates.isEmpty() ? from : updates.getLast().version();
        }

        /** Whether the client has to ask for more. */
        boolean isPart() {
            return download || version() < head;
        }
    }

    private record Head(String title, long version, long base) {}

    /** The documents of a room, oldest first. There are at most {@code parley.documents.per-room}. */
    @Transactional
    public List<Listed> of(String room) {
        return Statements.query(em, row -> new Listed(row.getString(1), row.getString(2), row.getString(3), row.getLong(4),
                        Instant.ofEpochMilli(row.getLong(5)), Instant.ofEpochMilli(row.getLong(6))),
                "select id, title, creator, version, created_at, changed_at from document where room = ? order by created_at, id", room);
    }

    /** One document of a room. */
    @Transactional
    public Optional<Listed> one(String room, String document) {
        return of(room).stream().filter(listed -> listed.id().equals(document)).findFirst();
    }

    /** The version of a document of a room; empty if there is no such document. */
    @Transactional
    public Optional<Long> version(String room, String document) {
        return Statements.query(em, row -> row.getLong(1), "select version from document where room = ? and id = ?", room, document)
                .stream().findFirst();
    }

    /** The versions of these documents; those that no longer exist are left out. */
    @Transactional
    Map<String, Long> versions(Collection<String> documents) {
        Map<String, Long> versions = new HashMap<>();
        Statements.query(em, row -> versions.put(row.getString(1), row.getLong(2)),
                "select id, version from document where id = any(?)", (Object) documents.toArray(String[]::new));
        return versions;
    }

    /**
     * The part that a client with this version lacks; empty if there is no such document. If the updates after its version are gone, it
     * gets the oldest snapshot. A client without a version gets the newest one.
     *
     * @param since the version that the client has; -1 for none
     */
    @Transactional
    Optional<Content> read(String room, String document, long since) {
        Optional<Head> found = Statements.query(em, row -> new Head(row.getString(1), row.getLong(2), row.getLong(3)),
                "select title, version, base from document where room = ? and id = ?", room, document).stream().findFirst();
        return found.map(head -> read(document, head, since));
    }

    /** The snapshot of exactly this version. */
    @Transactional
    Optional<SnapshotRows.Stored> snapshot(String document, long version) {
        return SnapshotRows.of(document, version, em);
    }

    /** One part of a snapshot, counted from 0; empty if it was deleted. */
    @Transactional
    Optional<byte[]> part(String document, String snapshot, int part) {
        return SnapshotRows.part(document, snapshot, part, em);
    }

    private Content read(String document, Head head, long since) {
        boolean recovered = since >= head.base && since <= head.version;
        Optional<SnapshotRows.Found> found = recovered ? Optional.empty()
                : SnapshotRows.newest(document, since < 0 || since > head.version ? head.version : head.base, Snapshots.LARGEST_IN_FRAME,
                em);
        long from = recovered ? since : found.map(snapshot -> snapshot.stored().version()).orElse(0L);
        Optional<byte[]> content = found.flatMap(SnapshotRows.Found::content);
        boolean download = found.isPresent() && content.isEmpty();
        return new Content(head.title, content, download, from, download ? List.of() : after(document, from), recovered, head.version);
    }

    /** The log of a document lacks an update, so nothing after it can be delivered. */
    static final class UpdateMissing extends IllegalStateException {

        private static final long serialVersionUID = 1;

        UpdateMissing(String document, long version) {
            super("Document " + document + " lacks update " + version);
        }
    }

    /** The next updates after a version, in order without a gap, as many as one read returns. */
    @Transactional
    List<Stored> after(String document, long version) {
        int mostBytes = Math.min(MOST_BYTES, settings.outbox().bytes() / PART_OF_OUTBOX);
        return Rows.onConnection(em, connection -> after(connection, document, version, mostBytes));
    }

    private static List<Stored> after(Connection connection, String document, long version, int mostBytes) throws SQLException {
        List<Stored> updates = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("""
                select version, author, content from document_update where document = ? and version > ? order by version limit ?""")) {
            // Rows come in parts, so that large updates past the bound are not read.
            query.setFetchSize(ROWS_AT_ONCE);
            query.setString(1, document);
            query.setLong(2, version);
            query.setInt(3, MOST_UPDATES);
            try (ResultSet rows = query.executeQuery()) {
                long bytes = 0;
                while (bytes < mostBytes && rows.next()) {
                    Stored next = new Stored(rows.getLong(1), rows.getString(2), rows.getBytes(3));
                    if (next.version != version + updates.size() + 1) {
                        throw new UpdateMissing(document, version + updates.size() + 1);
                    }
                    updates.add(next);
                    bytes += next.content.length;
                }
            }
        }
        return updates;
    }
}
