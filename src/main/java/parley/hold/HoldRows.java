package parley.hold;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.protocol.User;
import parley.sql.Statements;

/** The tables {@code legal_hold} and {@code hold_term}, in the running transaction. */
final class HoldRows {

    private static final String SELECT = """
            select id, name, from_at, until_at, made_by, made_by_name, made_at, released_by, released_by_name, released_at
            from legal_hold where\s""";
    private static final String PERSON = "person";
    private static final String ROOM = "room";
    private static final String WORD = "word";

    private HoldRows() {
    }

    static void add(Hold hold, EntityManager em) {
        Statements.update(em, """
                insert into legal_hold (id, name, from_at, until_at, made_by, made_by_name, made_at)
                values (?, ?, cast(? as bigint), cast(? as bigint), ?, ?, ?)""", hold.id(), hold.name(), millis(hold.scope().from()),
                millis(hold.scope().until()), hold.by().id(), hold.by().name(), hold.at().toEpochMilli());
        add(hold.id(), PERSON, hold.scope().people(), em);
        add(hold.id(), ROOM, hold.scope().rooms(), em);
        add(hold.id(), WORD, hold.scope().words(), em);
    }

    private static void add(String hold, String kind, List<String> terms, EntityManager em) {
        for (int place = 0; place < terms.size(); place++) {
            Statements.update(em, "insert into hold_term (hold, kind, place, term) values (?, ?, ?, ?)", hold, kind, place,
                    terms.get(place));
        }
    }

    /** Ends a hold that is in force. Returns whether it was. */
    static boolean release(String id, User by, Instant at, EntityManager em) {
        return Statements.update(em, "update legal_hold set released_by = ?, released_by_name = ?, released_at = ? where id = ? "
                + "and released_at is null", by.id(), by.name(), at.toEpochMilli(), id) == 1;
    }

    static Optional<Hold> find(String id, EntityManager em) {
        return holds("id = ?", em, id).stream().findFirst();
    }

    /** Holds before a place, the newest first; an empty place means the first page. */
    static List<Hold> page(String before, int limit, EntityManager em) {
        return holds("id < ? order by id desc limit " + limit, em, before.isEmpty() ? "g" : before);
    }

    /** The holds in force, the oldest first. */
    static List<Hold> active(EntityManager em) {
        return holds("released_at is null order by id", em);
    }

    private static List<Hold> holds(String condition, EntityManager em, Object... arguments) {
        List<Hold> bare = Statements.query(em, HoldRows::bare, SELECT + condition, arguments);
        Map<String, Map<String, List<String>>> terms = new HashMap<>();
        if (!bare.isEmpty()) {
            Statements.query(em, row -> terms.computeIfAbsent(row.getString(1), hold -> new HashMap<>())
                            .computeIfAbsent(row.getString(2), kind -> new ArrayList<>()).add(row.getString(3)),
                    "select hold, kind, term from hold_term where hold = any(?) order by hold, kind, place",
                    (Object) bare.stream().map(Hold::id).toArray(String[]::new));
        }
        return bare.stream().map(hold -> with(hold, terms.getOrDefault(hold.id(), Map.of()))).toList();
    }

    private static Hold with(Hold hold, Map<String, List<String>> terms) {
        return new Hold(hold.id(), hold.name(), new Scope(terms.getOrDefault(PERSON, List.of()), terms.getOrDefault(ROOM, List.of()),
                terms.getOrDefault(WORD, List.of()), hold.scope().from(), hold.scope().until()), hold.by(), hold.at(), hold.release());
    }

    private static Hold bare(ResultSet row) throws SQLException {
        Optional<Instant> released = time(row, "released_at");
        User releasedBy = new User(row.getString("released_by"), row.getString("released_by_name"));
        return new Hold(row.getString("id"), row.getString("name"), new Scope(List.of(), List.of(), List.of(), time(row, "from_at"),
                time(row, "until_at")), new User(row.getString("made_by"), row.getString("made_by_name")),
                Instant.ofEpochMilli(row.getLong("made_at")), released.map(at -> new Hold.Release(releasedBy, at)));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static Long millis(Optional<Instant> time) {
        return time.map(Instant::toEpochMilli).orElse(null);
    }
}
