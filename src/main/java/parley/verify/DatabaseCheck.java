package parley.verify;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the logs and the evidence in a database of Parley, as they were when the check began. Only reads. For one thread. */
final class DatabaseCheck {

    private static final String LINK = """
            select room, link_number, kind, first_offset, last_offset, cause_offset, linked_at, offsets, leaves, openings, chain
            from evidence_link where room = ? and link_number > 0\s""";

    private final Connection connection;
    private final Findings findings;
    private long rooms;
    private long events;
    private long unsealed;
    private long roots;
    private String lastRoot = "";

    /**
     * @param connection that nothing else uses, whose transaction sees one state
     */
    DatabaseCheck(Connection connection, Findings findings) {
        this.connection = connection;
        this.findings = findings;
    }

    /** Rooms that were checked. */
    long rooms() {
        return rooms;
    }

    /** Events that were compared with the chain of their room. */
    long events() {
        return events;
    }

    /** Events that are not sealed yet. */
    long unsealed() {
        return unsealed;
    }

    /** Roots that were checked. */
    long roots() {
        return roots;
    }

    /** The last root, empty if there is none. */
    String lastRoot() {
        return lastRoot;
    }

    /** Checks these rooms; without any, all rooms. */
    void rooms(List<String> only) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Cursor<String> cursor = new Cursor<>(connection, row -> row.getString(1), """
                select id from room union select room from evidence_room union select room from evidence_link
                union select room from evidence_head order by 1""")) {
            cursor.forEachRemaining(ids::add);
        }
        for (String room : ids) {
            if (only.isEmpty() || only.contains(room)) {
                room(room);
            }
        }
    }

    private void room(String room) throws SQLException {
        Changes changes = new Changes();
        try (Cursor<StoredLink> links = links(connection, room, "and kind <> 'sealed'")) {
            links.forEachRemaining(link -> changes.add(link.link()));
        }
        try (Cursor<StoredLink> links = links(connection, room, ""); Cursor<StoredEvent> stored = events(connection, room)) {
            RoomCheck check = new RoomCheck(room, changes, signed(room), stored, findings);
            check.run(links, end(room));
            rooms++;
            events += check.checked();
            unsealed += check.unsealed();
        }
    }

    /** The links of a room that meet a condition, in order. */
    static Cursor<StoredLink> links(Connection connection, String room, String condition) throws SQLException {
        return new Cursor<>(connection, DatabaseCheck::link, LINK + condition + " order by link_number", room);
    }

    /** The log of a room, in order. */
    static Cursor<StoredEvent> events(Connection connection, String room) throws SQLException {
        return new Cursor<>(connection, row -> StoredEvent.of(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4),
                row.getString(5)), "select log_offset, happened_at, type, actor, frame from room_event where room = ? order by log_offset",
                room);
    }

    private static StoredLink link(ResultSet row) throws SQLException {
        return new StoredLink(new Link(row.getString(1), row.getLong(2), row.getString(3), row.getLong(4), row.getLong(5), row.getLong(6),
                row.getLong(7), row.getBytes(8), row.getBytes(9)), row.getBytes(10), row.getString(11));
    }

    private RoomCheck.End end(String room) throws SQLException {
        try (Cursor<RoomCheck.End> ends = new Cursor<>(connection, row -> new RoomCheck.End(row.getLong(1), row.getLong(2),
                row.getString(3)), "select link_number, sealed, chain from evidence_room where room = ?", room)) {
            return ends.hasNext() ? ends.next() : new RoomCheck.End(0, 0, Link.START);
        }
    }

    private Map<Long, String> signed(String room) throws SQLException {
        Map<Long, String> chains = new HashMap<>();
        try (Cursor<Root.Head> heads = heads("room = ?", room)) {
            heads.forEachRemaining(head -> chains.put(head.number(), head.chain()));
        }
        return chains;
    }

    private Cursor<Root.Head> heads(String condition, Object argument) throws SQLException {
        return new Cursor<>(connection, row -> new Root.Head(row.getString(1), row.getLong(2), row.getString(3)),
                "select room, link_number, chain from evidence_head where " + condition, argument);
    }

    /** Takes the keys of the database. Returns whether they follow from the trusted ones; without any, the first one is trusted. */
    boolean keys(Keys trusted) throws SQLException, GeneralSecurityException {
        boolean all = !trusted.isEmpty();
        String before = null;
        try (Cursor<String[]> keys = new Cursor<>(connection, row -> new String[] {row.getString(1), row.getString(2)},
                "select public_key, endorsement from evidence_key order by key_number")) {
            while (keys.hasNext()) {
                String[] key = keys.next();
                if (trusted.isEmpty()) {
                    trusted.trust(key[0]);
                } else {
                    trusted.follow(key[0], key[1], before);
                }
                before = key[0];
            }
        }
        return all;
    }

    /**
     * Checks the roots.
     *
     * @param published those that are known from outside of the database
     */
    void roots(Keys keys, List<Root.Signed> published) throws SQLException {
        Map<Long, Root> stored = new HashMap<>();
        String previous = Root.START;
        try (Cursor<String> texts = new Cursor<>(connection, row -> row.getString(1) + " " + row.getString(2),
                "select line, signature from evidence_root order by root_number")) {
            while (texts.hasNext()) {
                Optional<Root.Signed> root = Root.find(texts.next());
                roots++;
                if (root.isEmpty()) {
                    findings.add("root " + roots + " is no root");
                    continue;
                }
                check(root.get(), roots, previous, keys);
                previous = root.get().root().hash();
                stored.put(root.get().root().number(), root.get().root());
                lastRoot = root.get().root().line();
            }
        }
        published.forEach(root -> compare(root, stored.get(root.root().number()), keys));
    }

    private void check(Root.Signed signed, long number, String previous, Keys keys) throws SQLException {
        Root root = signed.root();
        List<Root.Head> heads = new ArrayList<>();
        try (Cursor<Root.Head> cursor = heads("root_number = ?", root.number())) {
            cursor.forEachRemaining(heads::add);
        }
        if (root.number() != number) {
            findings.add("root " + number + " is missing");
            roots = root.number();
        } else if (!root.previous().equals(previous)) {
            findings.add("root " + number + " does not follow the root before it");
        }
        if (!keys.hasSigned(signed)) {
            findings.add("root " + root.number() + " is not signed by a key that is trusted or endorsed");
        }
        if (heads.size() != root.rooms() || !Root.hash(heads).equals(root.heads())) {
            findings.add("root " + root.number() + ": the chains of its rooms are not those that it has signed");
        }
    }

    private void compare(Root.Signed published, Root stored, Keys keys) {
        long number = published.root().number();
        if (!keys.hasSigned(published)) {
            findings.add("root " + number + ", as it was published, is not signed by a key that is trusted or endorsed");
        } else if (stored == null) {
            findings.add("root " + number + " was published, but is not in the database");
        } else if (!stored.equals(published.root())) {
            findings.add("root " + number + " is not the one that was published");
        }
    }
}
