package parley.hold;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import parley.journal.Leaving;
import parley.journal.Original;
import parley.protocol.Frame;
import parley.protocol.Json;
import parley.sql.Rows;
import parley.sql.Statements;

/** The tables {@code held_event}, {@code held_by} and {@code hold_file}, in the running transaction. */
final class HeldRows {

    private static final Rows<HeldEvent> EVENTS = Rows.<HeldEvent>of("held_event").text("room", event -> event.original().room())
            .number("log_offset", event -> event.original().offset()).number("version", event -> (long) event.version())
            .text("type", event -> event.original().type()).text("actor", event -> event.original().actor())
            .text("frame", event -> event.original().frame().text()).number("happened_at", event -> event.original().at().toEpochMilli())
            .text("reason", event -> event.reason().name()).text("removed_by", event -> event.removedBy().orElse(null))
            .number("removed_at", event -> event.removed().toEpochMilli());
    private static final Rows<Link> LINKS = Rows.<Link>of("held_by").text("hold", Link::hold).text("room", link -> link.place().room())
            .number("log_offset", link -> link.place().offset()).number("version", link -> (long) link.place().version());
    private static final String COLUMNS = "e.room, e.log_offset, e.version, e.type, e.actor, e.frame, e.happened_at, e.reason, "
            + "e.removed_by, e.removed_at";

    /** A hold keeps an event. */
    record Link(String hold, HeldEvent.Place place) {}

    private HeldRows() {
    }

    /** The latest versions that are kept of these events of a room, by offset. */
    static Map<Long, HeldEvent> latest(String room, Collection<Long> offsets, EntityManager em) {
        Map<Long, HeldEvent> latest = new HashMap<>();
        Statements.query(em, row -> latest.put(row.getLong("log_offset"), event(row)), "select " + COLUMNS
                + " from held_event e where e.room = ? and e.log_offset = any(?) order by e.version", room, offsets.toArray(Long[]::new));
        return latest;
    }

    static void add(List<HeldEvent> events, EntityManager em) {
        EVENTS.insert(em, events);
    }

    /** Adds those of these links that are not there. All are of one room. */
    static void link(List<Link> links, EntityManager em) {
        if (links.isEmpty()) {
            return;
        }
        Set<Link> there = new HashSet<>(Statements.query(em, row -> new Link(row.getString(1), new HeldEvent.Place(row.getString(2),
                        row.getLong(3), row.getInt(4))),
                "select hold, room, log_offset, version from held_by where room = ? and log_offset = any(?)",
                links.getFirst().place().room(), links.stream().map(link -> link.place().offset()).distinct().toArray(Long[]::new)));
        LINKS.insert(em, links.stream().filter(link -> !there.contains(link)).toList());
    }

    static void linkFile(String hold, String file, EntityManager em) {
        if (!Statements.finds(em, "select 1 from hold_file where hold = ? and file = ?", hold, file)) {
            Statements.update(em, "insert into hold_file (hold, file) values (?, ?)", hold, file);
        }
    }

    /** What a hold keeps after a place. */
    static List<HeldEvent> page(String hold, HeldEvent.Place after, int limit, EntityManager em) {
        return Statements.query(em, HeldRows::event, "select " + COLUMNS + " " + """
                from held_by b join held_event e on e.room = b.room and e.log_offset = b.log_offset and e.version = b.version
                where b.hold = ? and (b.room, b.log_offset, b.version) > (?, ?, ?)
                order by b.room, b.log_offset, b.version limit\s""" + limit, hold, after.room(), after.offset(), after.version());
    }

    /** What the holds in force keep of a room after an offset and version, in the order of both. */
    static List<HeldEvent> ofRoom(String room, long offset, int version, int limit, EntityManager em) {
        return Statements.query(em, HeldRows::event, "select " + COLUMNS + " " + """
                from held_event e where e.room = ? and (e.log_offset, e.version) > (?, ?)
                and exists (select 1 from held_by b join legal_hold h on h.id = b.hold where h.released_at is null
                and b.room = e.room and b.log_offset = e.log_offset and b.version = e.version)
                order by e.log_offset, e.version limit\s""" + limit, room, offset, version);
    }

    static long count(String hold, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from held_by where hold = ?", hold).getFirst();
    }

    static boolean hasFile(String hold, String file, EntityManager em) {
        return Statements.finds(em, "select 1 from hold_file where hold = ? and file = ?", hold, file);
    }

    static long countOf(String person, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from held_event where actor = ?", person).getFirst();
    }

    static Map<String, Held.Kept> kept(String person, EntityManager em) {
        Map<String, Held.Kept> kept = new TreeMap<>();
        Statements.query(em, row -> kept.put(row.getString(1), new Held.Kept(row.getLong(2), 0)), """
                select b.hold, count(*) from held_by b join held_event e on e.room = b.room and e.log_offset = b.log_offset
                and e.version = b.version where e.actor = ? or position(? in e.frame) > 0 group by b.hold""", person,
                Json.quoted(person));
        Statements.query(em, row -> kept.merge(row.getString(1), new Held.Kept(0, row.getLong(2)), (one, other) ->
                new Held.Kept(one.events(), other.files())), """
                select h.hold, count(*) from hold_file h join file_held f on f.id = h.file where f.owner = ? group by h.hold""", person);
        return kept;
    }

    /** Lets released holds go of some events, and deletes those that no other hold keeps. Returns how many the holds let go of. */
    static int freeEvents(int most, EntityManager em) {
        List<Link> links = Statements.query(em, row -> new Link(row.getString(1), new HeldEvent.Place(row.getString(2), row.getLong(3),
                row.getInt(4))), "select b.hold, b.room, b.log_offset, b.version from held_by b join legal_hold h on h.id = b.hold "
                + "where h.released_at is not null limit " + most);
        for (Link link : links) {
            HeldEvent.Place place = link.place();
            Statements.update(em, "delete from held_by where hold = ? and room = ? and log_offset = ? and version = ?", link.hold(),
                    place.room(), place.offset(), place.version());
            Statements.update(em, """
                    delete from held_event where room = ? and log_offset = ? and version = ? and not exists (select 1 from held_by b
                    where b.room = held_event.room and b.log_offset = held_event.log_offset and b.version = held_event.version)""",
                    place.room(), place.offset(), place.version());
        }
        return links.size();
    }

    /** Lets released holds go of some files. Returns them, and whether no other hold keeps them. */
    static Map<String, Boolean> freeFiles(int most, EntityManager em) {
        Map<String, Boolean> freed = new HashMap<>();
        Statements.query(em, row -> freed.put(row.getString(1), true), "select f.file from hold_file f join legal_hold h on h.id = f.hold "
                + "where h.released_at is not null order by f.file limit " + most);
        Object files = freed.keySet().toArray(String[]::new);
        Statements.update(em, "delete from hold_file where file = any(?) and hold in (select id from legal_hold where released_at "
                + "is not null)", files);
        Statements.query(em, row -> freed.put(row.getString(1), false), "select file from hold_file where file = any(?)", files);
        return freed;
    }

    private static HeldEvent event(ResultSet row) throws SQLException {
        Original original = new Original(row.getString("room"), row.getLong("log_offset"), Instant.ofEpochMilli(row.getLong("happened_at")),
                row.getString("type"), row.getString("actor"), new Frame(row.getString("frame")));
        return new HeldEvent(original, row.getInt("version"), Leaving.Reason.valueOf(row.getString("reason")),
                Optional.ofNullable(row.getString("removed_by")), Instant.ofEpochMilli(row.getLong("removed_at")));
    }
}
