package parley.document;

import jakarta.persistence.EntityManager;
import java.io.ByteArrayOutputStream;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.sql.Rows;
import parley.sql.Statements;

/** The tables of snapshots, in the running transaction. The content of a snapshot is in parts. */
final class SnapshotRows {

    /** The most bytes of a part. */
    static final int PART = 256 << 10;

    private SnapshotRows() {
    }

    /**
     * A stored snapshot.
     *
     * @param id of the upload
     * @param bytes the length of its content
     */
    record Stored(String id, long version, long bytes) {}

    /** A snapshot, with its content only if that was wanted. */
    record Found(Stored stored, Optional<byte[]> content) {}

    private record Row(Stored snapshot, byte[] part) {}

    static void insert(String document, String author, long version, byte[] content, EntityManager em) {
        String id = UUID.randomUUID().toString();
        Statements.update(em,
                "insert into document_snapshot (document, version, author, created_at, id, bytes) values (?, ?, ?, ?, ?, ?)",
                document, version, author, System.currentTimeMillis(), id, (long) content.length);
        Rows.onConnection(em, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into document_snapshot_part (document, snapshot, part, content) values (?, ?, ?, ?)")) {
                for (int part = 0; part * PART < content.length; part++) {
                    insert.setString(1, document);
                    insert.setString(2, id);
                    insert.setInt(3, part);
                    insert.setBytes(4, Arrays.copyOfRange(content, part * PART, Math.min(content.length, (part + 1) * PART)));
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    /** The newest snapshot up to a version. Its content comes with it, from the same statement, unless it is longer than wanted. */
    static Optional<Found> newest(String document, long upTo, int longest, EntityManager em) {
        List<Row> rows = Statements.query(em, row -> new Row(stored(row.getString(1), row.getLong(2), row.getLong(3)), row.getBytes(4)), """
                select s.id, s.version, s.bytes, p.content from document_snapshot s
                left join document_snapshot_part p on p.document = s.document and p.snapshot = s.id and s.bytes <= ?
                where s.document = ? and s.version = (select max(version) from document_snapshot where document = ? and version <= ?)
                order by p.part""", (long) longest, document, document, upTo);
        return rows.isEmpty() ? Optional.empty() : Optional.of(new Found(rows.getFirst().snapshot, content(rows)));
    }

    private static Optional<byte[]> content(List<Row> rows) {
        if (rows.getFirst().part == null) {
            return Optional.empty();
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream(Math.toIntExact(rows.getFirst().snapshot.bytes));
        rows.forEach(row -> content.writeBytes(row.part));
        return Optional.of(content.toByteArray());
    }

    private static Stored stored(String id, long version, long bytes) {
        return new Stored(id, version, bytes);
    }

    /** The snapshot of exactly this version. */
    static Optional<Stored> of(String document, long version, EntityManager em) {
        return Statements.query(em, row -> stored(row.getString(1), row.getLong(2), row.getLong(3)),
                "select id, version, bytes from document_snapshot where document = ? and version = ?", document, version)
                .stream().findFirst();
    }

    /** One part of the content, counted from 0; empty if there is none. */
    static Optional<byte[]> part(String document, String snapshot, int part, EntityManager em) {
        return Statements.query(em, row -> row.getBytes(1),
                "select content from document_snapshot_part where document = ? and snapshot = ? and part = ?", document, snapshot, part)
                .stream().findFirst();
    }

    /** Deletes the snapshot of a version, if there is one. */
    static void delete(String document, long version, EntityManager em) {
        of(document, version, em).ifPresent(snapshot -> {
            Statements.update(em, "delete from document_snapshot where document = ? and version = ?", document, version);
            Statements.update(em, "delete from document_snapshot_part where document = ? and snapshot = ?", document, snapshot.id);
        });
    }

    /** The versions with a snapshot, oldest first. There are only a few. */
    static List<Long> versions(String document, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select version from document_snapshot where document = ? order by version", document);
    }
}
