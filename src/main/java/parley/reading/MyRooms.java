package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import parley.message.History;
import parley.message.MessageTable;
import parley.people.DirectRooms;
import parley.protocol.Level;
import parley.protocol.Message;
import parley.protocol.MyRoom;
import parley.protocol.Position;
import parley.protocol.Posting;
import parley.protocol.Reply;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.Unread;
import parley.protocol.User;
import parley.sql.Statements;

/** The rooms of a person, with what is new in them. Each call waits for the database. */
@ApplicationScoped
public class MyRooms {

    /** The most rooms of one page. */
    public static final int LARGEST_PAGE = 500;

    private static final String NEWEST = MessageTable.newest("m.room");
    private static final String LISTED = """
            select m.room, coalesce(%s, r.created)
            from membership m join room r on r.id = m.room where m.user_id = ? and r.closed_at is null"""
            .formatted(MessageTable.newestTime("m.room"));
    private static final String DETAILS = """
            select m.user_id, m.room, r.name, r.kind, r.topic, r.retention, r.posting, r.slow_seconds, r.epoch, r.head, m.role,
                b.until_at, %s newest, p.level,
                p.hidden_at, p.favourite, p.section, p.place
            from unnest(cast(? as varchar array), cast(? as varchar array)) as q(person, room)
            join membership m on m.room = q.room and m.user_id = q.person join room r on r.id = m.room
            left join restraint b on b.room = m.room and b.user_id = m.user_id and b.kind = 'muted' and b.until_at > ?
            left join room_preference p on p.room = m.room and p.user_id = m.user_id
            where r.closed_at is null""".formatted(NEWEST);

    /** A row of {@link #DETAILS}, with the offset of the newest message, 0 for none. */
    private record Row(RoomProfile profile, Role role, Position at, long newest, Optional<Instant> mutedUntil, MyRoom.Place place) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private UnreadNumbers numbers;
    @Inject
    private History history;
    @Inject
    private DirectRooms directRooms;

    /** All rooms of a person, the one with the newest message first. Bounded by the quota of memberships. */
    public record MyList(List<RoomCursor.Listed> rooms, long asOf) {

        /** The ids of the rooms, in no order. */
        public List<String> ids() {
            return rooms.stream().map(RoomCursor.Listed::room).toList();
        }
    }

    /** All rooms of a person as of now. */
    @Transactional
    public MyList all(String user) {
        List<RoomCursor.Listed> rooms = listed(user, Long.MAX_VALUE);
        // The clock of another instance may be ahead.
        long newest = rooms.isEmpty() ? 0 : rooms.getFirst().at();
        return new MyList(rooms, Math.max(newest, System.currentTimeMillis()));
    }

    private List<RoomCursor.Listed> listed(String user, long asOf) {
        return RoomCursor.sorted(Statements.query(em, row -> new RoomCursor.Listed(row.getString(1), row.getLong(2)), LISTED, asOf,
                asOf, user));
    }

    /** The first page of these rooms, as the reply to {@code re}. */
    @Transactional
    public Reply.Watching first(long re, String user, MyList all) {
        return page(re, user, all.rooms, all.asOf, LARGEST_PAGE);
    }

    /**
     * A page of a person's rooms; empty if there is no such place.
     *
     * @param after {@code next} of the page before, or the last room of that page; empty for the first page
     */
    @Transactional
    public Optional<Reply.Watching> page(String user, String after, int limit) {
        if (after.isEmpty()) {
            MyList all = all(user);
            return Optional.of(page(0, user, all.rooms, all.asOf, limit));
        }
        Optional<RoomCursor> cursor = RoomCursor.of(after);
        if (cursor.isPresent()) {
            long asOf = cursor.get().asOf();
            return Optional.of(page(0, user, cursor.get().after(listed(user, asOf)), asOf, limit));
        }
        MyList all = all(user);
        return all.rooms.stream().filter(each -> each.room().equals(after)).findFirst()
                .map(last -> page(0, user, new RoomCursor(all.asOf, last.at(), after).after(all.rooms), all.asOf, limit));
    }

    private Reply.Watching page(long re, String user, List<RoomCursor.Listed> rooms, long asOf, int limit) {
        List<RoomCursor.Listed> some = rooms.subList(0, Math.min(rooms.size(), limit));
        Optional<String> next = some.size() == rooms.size() ? Optional.empty()
                : Optional.of(new RoomCursor(asOf, some.getLast().at(), some.getLast().room()).text());
        return new Reply.Watching(re, of(user, some.stream().map(RoomCursor.Listed::room).toList()), next);
    }

    /** These rooms of a person, in this order; without those that the person is no member of. */
    @Transactional
    public List<MyRoom> of(String user, List<String> rooms) {
        List<PersonInRoom> keys = rooms.stream().map(room -> new PersonInRoom(user, room)).toList();
        Map<PersonInRoom, MyRoom> mine = of(keys, user);
        return keys.stream().map(mine::get).filter(Objects::nonNull).toList();
    }

    /**
     * Rooms of several people; nothing where the person is no member of the room.
     *
     * @param reader whose reactions are marked in the newest messages; empty for nobody's
     */
    @Transactional
    public Map<PersonInRoom, MyRoom> of(List<PersonInRoom> keys, String reader) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<PersonInRoom, Row> found = new HashMap<>();
        Statements.query(em, row -> found.put(new PersonInRoom(row.getString(1), row.getString(2)), row(row)), DETAILS,
                keys.stream().map(PersonInRoom::user).toArray(String[]::new),
                keys.stream().map(PersonInRoom::room).toArray(String[]::new), System.currentTimeMillis());
        Map<PersonInRoom, Unread> unread = numbers.of(found.keySet());
        Map<String, Long> offsets = new HashMap<>();
        found.forEach((key, row) -> {
            if (row.newest > 0) {
                offsets.put(key.room(), row.newest);
            }
        });
        Map<String, Message> newest = history.these(offsets, reader);
        Map<String, List<User>> people = directRooms.people(found.entrySet().stream()
                .filter(entry -> entry.getValue().profile.kind() == RoomKind.DIRECT).map(entry -> entry.getKey().room()).toList());
        Map<PersonInRoom, MyRoom> rooms = new HashMap<>();
        found.forEach((key, row) -> rooms.put(key, new MyRoom(key.room(), row.profile, row.role, row.at,
                unread.getOrDefault(key, Unread.none(row.at.offset())), Optional.ofNullable(newest.get(key.room())), row.mutedUntil,
                people.getOrDefault(key.room(), List.of()), row.place)));
        return rooms;
    }

    /** Those of these people who are members of a room that is not closed. */
    @Transactional
    public Set<String> members(String room, Set<String> people) {
        return Set.copyOf(Statements.query(em, row -> row.getString(1), """
                select m.user_id from unnest(cast(? as varchar array)) as q(person)
                join membership m on m.room = ? and m.user_id = q.person join room r on r.id = m.room
                where r.closed_at is null""", people.toArray(String[]::new), room));
    }

    /** The heads of all rooms of these people, by person and room; nothing for a person without rooms. */
    @Transactional
    public Map<String, Map<String, Long>> heads(Collection<String> people) {
        Map<String, Map<String, Long>> heads = new HashMap<>();
        Statements.query(em, row -> heads.computeIfAbsent(row.getString(1), user -> new HashMap<>())
                .put(row.getString(2), row.getLong(3)), """
                select m.user_id, m.room, r.head from membership m join room r on r.id = m.room
                where m.user_id = any(?) and r.closed_at is null""", (Object) people.toArray(String[]::new));
        return heads;
    }

    /** The newest message of each of these rooms, as a stranger sees it; nothing for a room without messages. */
    @Transactional
    public Map<String, Message> newest(List<String> rooms) {
        Map<String, Long> offsets = new HashMap<>();
        Statements.query(em, row -> {
            long offset = row.getLong(2);
            return row.wasNull() ? null : offsets.put(row.getString(1), offset);
        }, "select m.room, " + NEWEST + " from unnest(cast(? as varchar array)) as m(room)", (Object) rooms.toArray(String[]::new));
        return history.these(offsets, "");
    }

    private static Row row(ResultSet row) throws SQLException {
        RoomKind kind = RoomKind.of(row.getString("kind")).orElseThrow();
        RoomProfile profile = new RoomProfile(row.getString("name"), kind, text(row, "topic"),
                Retention.of(row.getString("retention")).orElseThrow(),
                new Posting(Optional.ofNullable(row.getString("posting")).flatMap(Posting.Who::of).orElse(Posting.Who.EVERYONE),
                        row.getInt("slow_seconds")));
        long newest = row.getLong("newest");
        long mutedUntil = row.getLong("until_at");
        Optional<Instant> muted = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(mutedUntil));
        return new Row(profile, Role.of(row.getString("role")), new Position(row.getString("epoch"), row.getLong("head")), newest, muted,
                place(row, kind, newest));
    }

    private static MyRoom.Place place(ResultSet row, RoomKind kind, long newest) throws SQLException {
        Level level = Optional.ofNullable(row.getString("level")).flatMap(Level::of)
                .orElse(kind == RoomKind.DIRECT ? Level.ALL : Level.MENTIONS);
        long hiddenAt = row.getLong("hidden_at");
        boolean hidden = !row.wasNull() && newest <= hiddenAt;
        return new MyRoom.Place(level, row.getBoolean("favourite"), hidden, text(row, "section"), row.getLong("place"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).orElse("");
    }
}
