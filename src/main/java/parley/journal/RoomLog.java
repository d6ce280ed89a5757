package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.sql.Statements;

/** Reads a room's log by position. Calls may wait for the database, so threads that serve sockets must not call it. */
@ApplicationScoped
public class RoomLog {

    /** The most events that one read returns for a room. A client that is further behind can't resume. */
    public static final int LONGEST_REPLAY = 1_000;
    private static final int MOST_AT_ONCE = 10_000;

    // Lists each key instead of ranges, because the planner of the database misjudges the length of ranges.
    private static final String AT = """
            select e.room, e.log_offset, e.frame
            from unnest(cast(? as varchar array), cast(? as bigint array)) as wanted(room, log_offset)
            join room_event e on e.room = wanted.room and e.log_offset = wanted.log_offset
            order by e.room, e.log_offset""";

    private static final String FIRST_THAT_COUNTS = """
            select log_offset from room_event where room = ? and log_offset > ? and (type <> 'message.posted' or happened_at >= ?)
            order by log_offset limit 1""";

    private static final String OLDEST = """
            select wanted.room, (select e.log_offset from room_event e where e.room = wanted.room and e.type = any(?)
                order by e.log_offset limit 1)
            from unnest(cast(? as varchar array)) as wanted(room)""";

    /** A range of a room's log: the events after one offset, up to another. */
    record Span(String room, long after, long upTo) {

        private long length() {
            return upTo - after;
        }

        private LongStream offsets() {
            return LongStream.rangeClosed(after + 1, upTo);
        }
    }

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    @Inject
    private InMemoryLog memory;
    @Inject
    private MessageVersions versions;

    /** The frames after an offset, in order, at most {@link #LONGEST_REPLAY}, from memory or else from the database. Decodes nothing. */
    @Transactional
    public List<LoggedFrame> after(String room, long offset) {
        return memory.after(room, offset).orElseGet(() -> stored(room, offset, LONGEST_REPLAY));
    }

    /** The same, but at most this many frames. */
    @Transactional
    public List<LoggedFrame> after(String room, long offset, int most) {
        return memory.after(room, offset).map(frames -> frames.subList(0, Math.min(most, frames.size())))
                .orElseGet(() -> stored(room, offset, most));
    }

    /**
     * The same, but from the database without the posts at the beginning that are older than this time: one statement passes over them.
     * Changes of messages are never left out.
     */
    @Transactional
    public List<LoggedFrame> afterWithoutPostsBefore(String room, long offset, Instant time) {
        return memory.after(room, offset).orElseGet(() -> Statements.query(em, row -> row.getLong(1), FIRST_THAT_COUNTS, room, offset,
                time.toEpochMilli()).stream().findFirst().map(first -> stored(room, first - 1, LONGEST_REPLAY)).orElse(List.of()));
    }

    /** Whether every event after one offset, up to another, is in memory or else in the database. */
    @Transactional
    public boolean isComplete(String room, long after, long upTo) {
        return memory.after(room, after).isPresent() || upTo - after == em.createQuery(
                        "select count(e.offset) from LogEntry e where e.room = :room and e.offset > :after and e.offset <= :upTo", Long.class)
                .setParameter("room", room).setParameter("after", after).setParameter("upTo", upTo).getSingleResult();
    }

    /**
     * The frames of these ranges, each of a different room, by room and in order. Those that are not in memory are read with one query in
     * the running transaction, which leaves out a range longer than {@link #LONGEST_REPLAY} and any that would bring the total above {@link
     * #MOST_AT_ONCE} events.
     */
    Map<String, List<LoggedFrame>> within(Collection<Span> spans) {
        Map<String, List<LoggedFrame>> frames = new HashMap<>();
        List<Span> toRead = new ArrayList<>();
        long events = 0;
        for (Span span : spans) {
            Optional<List<LoggedFrame>> inMemory = memory.after(span.room(), span.after());
            if (inMemory.isPresent()) {
                frames.put(span.room(), inMemory.get());
            } else if (span.length() <= LONGEST_REPLAY && events + span.length() <= MOST_AT_ONCE) {
                events += span.length();
                toRead.add(span);
            }
        }
        if (!toRead.isEmpty()) {
            frames.putAll(stored(toRead));
        }
        return frames;
    }

    private Map<String, List<LoggedFrame>> stored(List<Span> spans) {
        String[] rooms = spans.stream().flatMap(span -> span.offsets().mapToObj(offset -> span.room())).toArray(String[]::new);
        Long[] offsets = spans.stream().flatMapToLong(Span::offsets).boxed().toArray(Long[]::new);
        Map<String, List<LoggedFrame>> frames = new HashMap<>();
        Statements.query(em, row -> frames.computeIfAbsent(row.getString(1), room -> new ArrayList<>())
                .add(new LoggedFrame(row.getLong(2), new Frame(row.getString(3)))), AT, rooms, offsets);
        return frames;
    }

    /** The events in the database after an offset, in order, at most {@link #LONGEST_REPLAY}. */
    List<RoomEvent> events(String room, long offset) {
        return stored(room, offset, LONGEST_REPLAY).stream().map(LoggedFrame::event).toList();
    }

    /** The stored events after an offset, in order, at most this many. What only memory holds is left out. */
    @Transactional
    public List<RoomEvent> storedEvents(String room, long offset, int most) {
        return stored(room, offset, most).stream().map(LoggedFrame::event).toList();
    }

    /** The offset of the oldest event about a message that the log still has, by room; a room without one is left out. */
    @Transactional
    public Map<String, Long> oldestAboutMessages(Collection<String> rooms) {
        Map<String, Long> oldest = new HashMap<>();
        Statements.query(em, row -> {
            long offset = row.getLong(2);
            return row.wasNull() ? null : oldest.put(row.getString(1), offset);
        }, OLDEST, MessageChange.TYPES.toArray(String[]::new), rooms.toArray(String[]::new));
        return oldest;
    }

    /** The events in memory that posted or changed this message, in order. Only rooms that store no messages have any. */
    public List<RoomEvent> inMemoryAbout(String room, long message) {
        return memory.about(room, message);
    }

    /** The events in memory that decide which messages of the room are pinned, in order. */
    public List<RoomEvent> inMemoryAboutPins(String room) {
        return memory.aboutPins(room);
    }

    /** The events that gave a message its text and its later texts, in order; empty if there is no such message in the tables. */
    @Transactional
    public List<RoomEvent> texts(String room, long message) {
        List<Long> offsets = Stream.concat(Stream.of(message), versions.of(room, message, em).stream()).toList();
        List<RoomEvent> found = LogEntry.at(em, room, offsets).stream().map(LoggedFrame::event).toList();
        return !found.isEmpty() && found.getFirst().change() instanceof MessageChange.Posted ? found : List.of();
    }

    /**
     * The stored frames after an offset, up to another, in order, at most this many.
     *
     * @param actor only what this user did; empty for all
     */
    @Transactional
    public List<LoggedFrame> storedFrames(String room, long after, long upTo, Optional<String> actor, int most) {
        return Statements.query(em, row -> new LoggedFrame(row.getLong(1), new Frame(row.getString(2))),
                "select log_offset, frame from room_event where room = ? and log_offset > ? and log_offset <= ?"
                        + (actor.isPresent() ? " and actor = ?" : "") + " order by log_offset limit " + most,
                Stream.concat(Stream.of(room, after, upTo), actor.stream()).toArray());
    }

    /** The stored events about the room itself and its members after an offset, up to another, in order, at most this many. */
    @Transactional
    public List<RoomEvent> aboutMembers(String room, long after, long upTo, int most) {
        return Statements.query(em, row -> new LoggedFrame(row.getLong(1), new Frame(row.getString(2))).event(),
                "select log_offset, frame from room_event where room = ? and log_offset > ? and log_offset <= ? "
                + "and (type like 'member.%' or type like 'room.%') order by log_offset limit " + most, room, after, upTo);
    }

    /** The rooms with a stored event of this user. Reads the whole log. */
    @Transactional
    public List<String> roomsWith(String actor) {
        return Statements.query(em, row -> row.getString(1), "select distinct room from room_event where actor = ?", actor);
    }

    private List<LoggedFrame> stored(String room, long offset, int most) {
        return em.createQuery("""
                        select e.offset, e.frame from LogEntry e
                        where e.room = :room and e.offset > :offset order by e.offset""", Object[].class)
                .setParameter("room", room).setParameter("offset", offset).setMaxResults(most)
                .getResultStream().map(row -> new LoggedFrame((Long) row[0], new Frame((String) row[1]))).toList();
    }
}
