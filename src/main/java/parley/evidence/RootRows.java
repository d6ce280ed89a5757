package parley.evidence;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.sql.Rows;
import parley.sql.Statements;
import parley.verify.Root;

/** The tables {@code evidence_gate}, {@code evidence_key}, {@code evidence_root} and {@code evidence_head}, in the running transaction. */
final class RootRows {

    private static final String ROOT = "select root_number, line, signature, published_at from evidence_root ";

    private record Entry(long root, Root.Head head) {}

    private static final Rows<Entry> HEADS = Rows.<Entry>of("evidence_head").number("root_number", Entry::root)
            .text("room", entry -> entry.head().room()).number("link_number", entry -> entry.head().number())
            .text("chain", entry -> entry.head().chain());

    private RootRows() {
    }

    /** Only one transaction at a time publishes a root or changes the key. */
    static void lock(EntityManager em) {
        Statements.query(em, row -> row.getInt(1), "select id from evidence_gate where id = 1 for update");
    }

    /** All keys, the last one first. */
    static List<SigningKey> keys(EntityManager em) {
        return Statements.query(em, row -> new SigningKey(row.getInt(1), row.getString(2), row.getString(3),
                        Optional.ofNullable(row.getString(4)), Instant.ofEpochMilli(row.getLong(5)), Optional.ofNullable(row.getString(6))),
                "select key_number, id, public_key, private_key, made_at, endorsement from evidence_key order by key_number desc");
    }

    /** Adds a key. Those before it can't sign any more. */
    static void add(SigningKey key, EntityManager em) {
        Statements.update(em, "update evidence_key set private_key = null");
        Statements.update(em, "insert into evidence_key (key_number, id, public_key, private_key, made_at, endorsement) "
                + "values (?, ?, ?, ?, ?, cast(? as varchar(100)))", key.number(), key.id(), key.publicKey(),
                key.privateKey().orElseThrow(), key.made().toEpochMilli(), key.endorsement().orElse(null));
    }

    /** The chains that are longer than at the last root, at most this many. */
    static List<Root.Head> grown(int most, EntityManager em) {
        return Statements.query(em, row -> new Root.Head(row.getString(1), row.getLong(2), row.getString(3)), """
                select r.room, r.link_number, r.chain from evidence_room r where r.link_number > coalesce(
                  (select max(h.link_number) from evidence_head h where h.room = r.room), 0) order by r.room limit ?""", most);
    }

    static void add(PublishedRoot root, List<Root.Head> heads, EntityManager em) {
        Statements.update(em, "insert into evidence_root (root_number, line, signature, published_at, sent) values (?, ?, ?, ?, false)",
                root.number(), root.line(), root.signature(), root.at().toEpochMilli());
        HEADS.insert(em, heads.stream().map(head -> new Entry(root.number(), head)).toList());
    }

    static Optional<PublishedRoot> last(EntityManager em) {
        return Statements.query(em, RootRows::root, ROOT + "order by root_number desc limit 1").stream().findFirst();
    }

    /** Roots after a number, in order. */
    static List<PublishedRoot> after(long number, int most, EntityManager em) {
        return Statements.query(em, RootRows::root, ROOT + "where root_number > ? order by root_number limit ?", number, most);
    }

    /** Roots that the broker does not have yet, in order. */
    static List<PublishedRoot> unsent(int most, EntityManager em) {
        return Statements.query(em, RootRows::root, ROOT + "where sent = false order by root_number limit ?", most);
    }

    static void sent(List<PublishedRoot> roots, EntityManager em) {
        Statements.update(em, "update evidence_root set sent = true where root_number = any(?)",
                (Object) roots.stream().map(PublishedRoot::number).toArray(Long[]::new));
    }

    private static PublishedRoot root(ResultSet row) throws SQLException {
        return new PublishedRoot(row.getLong(1), row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4)));
    }
}
