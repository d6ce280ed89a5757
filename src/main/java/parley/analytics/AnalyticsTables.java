package parley.analytics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parley.identity.Service;
import parley.sql.Statements;

/** The tables of days and of what was read. Each call is a transaction of its own. */
@ApplicationScoped
class AnalyticsTables {

    /** Events that one transaction reads at most. */
    static final int MOST_EVENTS = 2_000;
    /** The first count looks back so many days. */
    static final int FIRST_DAYS = 30;
    private static final int ROOMS = 200;
    private static final Set<String> ACTS = Set.of("message.edited", "reaction.added");

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** For the container. */
    protected AnalyticsTables() {
    }

    AnalyticsTables(EntityManager em) {
        this.em = em;
    }

    /** The last day that was counted; -1 if none was. */
    @Transactional
    long finished() {
        return Statements.query(em, row -> row.getLong(1), "select finished_day from analytics_head where id = 1").getFirst();
    }

    /** Rooms, after an id and by id, whose log goes on behind what was read. Empty if there are none. */
    @Transactional
    List<String> behind(String after) {
        return Statements.query(em, row -> row.getString(1), """
                select r.id from room r left join analytics_position p on p.room = r.id
                where r.id > ? and r.head > coalesce(p.log_offset, 0) order by r.id limit ?""", after, ROOMS);
    }

    /**
     * Counts the next events of a room that happened before a day. Returns false if that were all.
     *
     * @param firstDay earlier days are not counted
     * @param end the day
     */
    @Transactional
    boolean count(String room, long firstDay, long end) {
        RoomFold.Place from = Statements.query(em,
                row -> new RoomFold.Place(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                "select log_offset, counted_day, author, posted_at from analytics_position where room = ? for update", room).stream()
                .findFirst().orElse(RoomFold.Place.START);
        List<RoomFold.Event> events = Statements.query(em, AnalyticsTables::event, """
                select e.log_offset, e.type, e.actor, e.happened_at, e.thread_offset,
                case when root.actor <> e.actor and not exists (select 1 from room_event earlier where earlier.room = e.room
                and earlier.thread_offset = e.thread_offset and earlier.log_offset < e.log_offset and earlier.actor <> root.actor)
                then root.happened_at else 0 end asked_at
                from room_event e left join room_event root on root.room = e.room and root.log_offset = e.thread_offset
                where e.room = ? and e.log_offset > ? order by e.log_offset limit ?""", room, from.offset(), MOST_EVENTS);
        RoomFold fold = new RoomFold(from, firstDay);
        List<RoomFold.Event> due = events.stream().takeWhile(event -> RoomFold.dayOf(event.at()) < end).toList();
        due.forEach(fold::add);
        if (due.isEmpty()) {
            return false;
        }
        fold.gains().forEach(this::add);
        move(room, from, fold.place());
        return due.size() == MOST_EVENTS;
    }

    private static RoomFold.Event event(ResultSet row) throws SQLException {
        String type = row.getString("type");
        String actor = row.getString("actor");
        RoomFold.Kind kind = type.equals("message.posted") ? RoomFold.Kind.POSTED
                : ACTS.contains(type) ? RoomFold.Kind.ACTED : RoomFold.Kind.OTHER;
        row.getLong("thread_offset");
        boolean reply = !row.wasNull();
        return new RoomFold.Event(row.getLong("log_offset"), kind, isProgram(actor) ? 0 : hash(actor), row.getLong("happened_at"), reply,
                row.getLong("asked_at"));
    }

    private static boolean isProgram(String actor) {
        return Service.is(actor) || actor.startsWith(Service.IMPORTED);
    }

    // Never 0.
    private static long hash(String person) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(person.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong() | 1;
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void add(long day, RoomFold.Gain gain) {
        long answers = gain.answers.values().stream().mapToLong(Long::longValue).sum();
        if (Statements.update(em, "update analytics_day set messages = messages + ?, rooms = rooms + ?, answers = answers + ? "
                + "where day_number = ?", gain.messages, gain.rooms, answers, day) == 0) {
            Statements.update(em, "insert into analytics_day (day_number, messages, rooms, answers) values (?, ?, ?, ?)", day,
                    gain.messages, gain.rooms, answers);
        }
        gain.answers.forEach((bucket, count) -> add(day, bucket, count));
        gain.people.forEach((person, answered) -> add(day, person, answered));
    }

    private void add(long day, int bucket, long count) {
        if (Statements.update(em, "update analytics_answer set answers = answers + ? where day_number = ? and bucket = ?", count, day,
                bucket) == 0) {
            Statements.update(em, "insert into analytics_answer (day_number, bucket, answers) values (?, ?, ?)", day, bucket, count);
        }
    }

    private void add(long day, long person, boolean answered) {
        if (Statements.update(em, "update analytics_person set answered = answered or ? where day_number = ? and person = ?", answered, day,
                person) == 0) {
            Statements.update(em, "insert into analytics_person (day_number, person, answered) values (?, ?, ?)", day, person, answered);
        }
    }

    // If two instances count a room at the same time, the second one fails here or waits above. What it counted is rolled back.
    private void move(String room, RoomFold.Place from, RoomFold.Place to) {
        if (from.equals(RoomFold.Place.START)) {
            Statements.update(em, "insert into analytics_position (log_offset, counted_day, author, posted_at, room) "
                    + "values (?, ?, ?, ?, ?)", to.offset(), to.day(), to.author(), to.postedAt(), room);
        } else {
            Statements.update(em, "update analytics_position set log_offset = ?, counted_day = ?, author = ?, posted_at = ? where room = ?",
                    to.offset(), to.day(), to.author(), to.postedAt(), room);
        }
    }

    /**
     * Closes the days before a day, after all their events were counted. Days and medians of fewer people than the smallest group are
     * deleted, and so are days before the first one to keep.
     */
    @Transactional
    void finish(long end, int smallestGroup, long firstKept) {
        for (long day : Statements.query(em, row -> row.getLong(1),
                "select day_number from analytics_day where people is null and day_number < ? order by day_number", end)) {
            close(day, smallestGroup);
        }
        Statements.update(em, "delete from analytics_person where day_number < ?", end);
        Statements.update(em, "delete from analytics_answer where day_number < ?", end);
        Statements.update(em, "delete from analytics_day where day_number < ?", firstKept);
        Statements.update(em, "update analytics_head set finished_day = ? where id = 1 and finished_day < ?", end - 1, end - 1);
    }

    private void close(long day, int smallestGroup) {
        int people = number("select count(*) from analytics_person where day_number = ?", day);
        if (people < smallestGroup) {
            Statements.update(em, "delete from analytics_day where day_number = ?", day);
            return;
        }
        int answering = number("select count(*) from analytics_person where day_number = ? and answered", day);
        SortedMap<Integer, Long> answers = new TreeMap<>();
        Statements.query(em, row -> answers.put(row.getInt(1), row.getLong(2)),
                "select bucket, answers from analytics_answer where day_number = ?", day);
        boolean enough = answering >= smallestGroup && !answers.isEmpty();
        Statements.update(em, "update analytics_day set people = ?, answers = ?, median_seconds = ? where day_number = ?", people,
                enough ? answers.values().stream().mapToLong(Long::longValue).sum() : 0L, enough ? Delays.median(answers) : null, day);
    }

    private int number(String sql, long day) {
        return Statements.query(em, row -> row.getInt(1), sql, day).getFirst();
    }

    /** The days that were counted and have a large enough group, from one on, the earliest first. */
    @Transactional
    List<Day> days(long from, int smallestGroup) {
        return Statements.query(em, AnalyticsTables::day, """
                select day_number, people, messages, rooms, answers, median_seconds from analytics_day
                where day_number >= ? and people >= ? order by day_number""", from, smallestGroup);
    }

    private static Day day(ResultSet row) throws SQLException {
        long median = row.getLong("median_seconds");
        OptionalLong seconds = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(median);
        return new Day(LocalDate.ofEpochDay(row.getLong("day_number")), row.getInt("people"), row.getLong("messages"), row.getInt("rooms"),
                row.getLong("answers"), seconds);
    }
}
