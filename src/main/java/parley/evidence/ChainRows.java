package parley.evidence;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import parley.sql.Statements;
import parley.verify.Link;
import parley.verify.Opening;
import parley.verify.StoredEvent;

/** The tables {@code evidence_room} and {@code evidence_link}, and what they cover of the log, in the running transaction. */
final class ChainRows {

    private static final String CHAIN = "select link_number, sealed, chain from evidence_room where room = ? for update";
    private static final String EVENT = "select log_offset, happened_at, type, actor, frame from room_event where room = ? and ";

    private ChainRows() {
    }

    /** A segment that is stored. */
    record Segment(long number, long first, long last, byte[] openings) {

        boolean isWhole() {
            return openings.length == (last - first + 1) * Opening.BYTES;
        }

        /** Takes new openings of some of its events, which begin at an index of {@code others}. */
        void open(List<Long> offsets, byte[] others, int index) {
            for (int i = 0; i < offsets.size(); i++) {
                System.arraycopy(others, (index + i) * Opening.BYTES, openings, (int) (offsets.get(i) - first) * Opening.BYTES,
                        Opening.BYTES);
            }
        }
    }

    /** How much is not sealed yet. */
    record Backlog(long rooms, long events) {}

    /** Rooms whose log goes on behind what is sealed, by id after another id. */
    static List<String> behind(String after, int most, EntityManager em) {
        return Statements.query(em, row -> row.getString(1), """
                select r.id from room r left join evidence_room e on e.room = r.id
                where r.id > ? and r.head > coalesce(e.sealed, 0) order by r.id limit ?""", after, most);
    }

    static Backlog backlog(EntityManager em) {
        return Statements.query(em, row -> new Backlog(row.getLong(1), row.getLong(2)), """
                select count(*), coalesce(sum(r.head - coalesce(e.sealed, 0)), 0)
                from room r left join evidence_room e on e.room = r.id where r.head > coalesce(e.sealed, 0)""").getFirst();
    }

    /** Those of these rooms that have a chain. */
    static List<String> chained(Collection<String> rooms, EntityManager em) {
        return Statements.query(em, row -> row.getString(1), "select room from evidence_room where room = any(?)",
                (Object) rooms.toArray(String[]::new));
    }

    /** Begins the chain of a room. The head of its log is locked. */
    static void begin(String room, EntityManager em) {
        Statements.update(em, "insert into evidence_room (room, link_number, sealed, chain) values (?, 0, 0, ?)", room, Link.START);
    }

    /** Locks the end of a room's chain. Empty if the room has none. */
    static Optional<Chain> lock(String room, EntityManager em) {
        return chain(CHAIN, room, em);
    }

    /** The same without waiting: also empty if it is locked. */
    static Optional<Chain> tryLock(String room, EntityManager em) {
        return chain(CHAIN + " skip locked", room, em);
    }

    private static Optional<Chain> chain(String sql, String room, EntityManager em) {
        return Statements.query(em, row -> new Chain(room, row.getLong(1), row.getLong(2), row.getString(3)), sql, room).stream()
                .findFirst();
    }

    static long head(String room, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1), "select head from room where id = ?", room).stream().findFirst().orElse(0L);
    }

    /** The stored events of a range, in order. */
    static List<StoredEvent> events(String room, long after, long upTo, EntityManager em) {
        return Statements.query(em, row -> StoredEvent.of(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4),
                row.getString(5)), EVENT + "log_offset > ? and log_offset <= ? order by log_offset", room, after, upTo);
    }

    /** The stored events at these offsets. */
    static List<StoredEvent> events(String room, List<Long> offsets, EntityManager em) {
        return Statements.query(em, row -> StoredEvent.of(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4),
                row.getString(5)), EVENT + "log_offset = any(?)", room, offsets.toArray(Long[]::new));
    }

    /** Adds a link, whose chain ends in {@code now}. */
    static void add(Link link, Optional<byte[]> openings, Chain now, EntityManager em) {
        Statements.update(em, """
                insert into evidence_link (room, link_number, kind, first_offset, last_offset, cause_offset, linked_at, offsets, leaves,
                  openings, chain) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", link.room(), link.number(), link.kind(), link.first(),
                link.last(), link.cause(), link.at(), link.offsets(), link.leaves(), openings.orElse(new byte[0]), now.value());
        Statements.update(em, "update evidence_room set link_number = ?, sealed = ?, chain = ? where room = ?", now.number(), now.sealed(),
                now.value(), link.room());
    }

    /** The segment that has an event. */
    static Optional<Segment> segment(String room, long offset, EntityManager em) {
        return Statements.query(em, row -> new Segment(row.getLong(1), row.getLong(2), row.getLong(3), row.getBytes(4)), """
                select link_number, first_offset, last_offset, openings from evidence_link
                where room = ? and kind = 'sealed' and last_offset >= ? order by last_offset limit 1""", room, offset).stream()
                .filter(segment -> segment.first <= offset).findFirst();
    }

    static void open(String room, Segment segment, EntityManager em) {
        Statements.update(em, "update evidence_link set openings = ? where room = ? and link_number = ?", segment.openings, room,
                segment.number);
    }
}
