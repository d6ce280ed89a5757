package parley.call;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.CallChange;
import parley.protocol.User;
import parley.sql.Statements;

/**
 * Reads and writes the tables of calls, in the running transaction. A change of the people of a call locks the call's row first ({@link
 * #lock}), so these changes come one after the other.
 */
final class CallRows {

    private static final String SELECTED = """
            select c.id, c.room, c.starter, c.starter_name, c.started_at, c.version, c.ended_at,
                p.id, p.person, p.person_name, p.node, p.session, p.lost_at
            from room_call c left join call_participant p on p.call_id = c.id where\s""";
    private static final String ORDER = " order by c.room, p.joined_at, p.id";

    private CallRows() {
    }

    static void start(EntityManager em, String call, String room, User by, Instant at) {
        Statements.update(em, "insert into room_call (id, room, starter, starter_name, started_at, version) values (?, ?, ?, ?, ?, 0)",
                call, room, by.id(), by.name(), at.toEpochMilli());
    }

    static void delete(EntityManager em, String room) {
        // Otherwise a participant that is being added now would stay without a call.
        touch(em, room);
        Statements.update(em, "delete from call_participant where call_id in (select id from room_call where room = ?)", room);
        Statements.update(em, "delete from call_person where call_id in (select id from room_call where room = ?)", room);
        Statements.update(em, "delete from room_call where room = ?", room);
    }

    /** Locks the call of a room until the end of the transaction. Empty if there is none, or everyone has left it. */
    static Optional<CallState> lock(EntityManager em, String room) {
        touch(em, room);
        return of(em, List.of(room)).values().stream().filter(state -> !state.ended()).findFirst();
    }

    private static void touch(EntityManager em, String room) {
        Statements.update(em, "update room_call set version = version + 1 where room = ?", room);
    }

    /** The calls of these rooms, by room. */
    static Map<String, CallState> of(EntityManager em, Collection<String> rooms) {
        return read(em, SELECTED + "c.room = any(?)" + ORDER, (Object) rooms.toArray(String[]::new));
    }

    private record Row(CallState call, CallState.Participant participant) {}

    private static Map<String, CallState> read(EntityManager em, String sql, Object... arguments) {
        Map<String, CallState> calls = new LinkedHashMap<>();
        for (Row row : Statements.query(em, CallRows::row, sql, arguments)) {
            CallState call = calls.computeIfAbsent(row.call.room(), room -> row.call);
            if (row.participant != null) {
                call.people().add(row.participant);
            }
        }
        return calls;
    }

    private static Row row(ResultSet row) throws SQLException {
        row.getLong(7);
        boolean ended = !row.wasNull();
        CallState call = new CallState(row.getString(1), row.getString(2), new User(row.getString(3), row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)), row.getLong(6), ended, new ArrayList<>());
        if (row.getString(8) == null) {
            return new Row(call, null);
        }
        row.getLong(13);
        boolean lost = !row.wasNull();
        return new Row(call, new CallState.Participant(row.getString(8), new User(row.getString(9), row.getString(10)), row.getString(11),
                row.getString(12), lost));
    }

    /** Adds a participant to a locked call, and its person to those who took part. */
    static void add(EntityManager em, String call, CallState.Participant participant, Instant now) {
        Statements.update(em, """
                insert into call_participant (id, call_id, person, person_name, node, session, joined_at) values (?, ?, ?, ?, ?, ?, ?)""",
                participant.id(), call, participant.user().id(), participant.user().name(), participant.node(), participant.session(),
                now.toEpochMilli());
        List<String> people = Statements.query(em, row -> row.getString(1), "select person from call_person where call_id = ?", call);
        if (people.size() < CallChange.Ended.MOST_PEOPLE && !people.contains(participant.user().id())) {
            Statements.update(em, "insert into call_person (call_id, person, person_name, joined_at) values (?, ?, ?, ?)", call,
                    participant.user().id(), participant.user().name(), now.toEpochMilli());
        }
    }

    /** Gives a participant of a locked call another connection. */
    static void move(EntityManager em, String participant, String node, String session) {
        Statements.update(em, "update call_participant set node = ?, session = ?, lost_at = null where id = ?", node, session, participant);
    }

    /** Notes that the connection of a participant is gone since then, or is there after all. */
    static void lose(EntityManager em, String participant, Instant since) {
        Statements.update(em, "update call_participant set lost_at = ? where id = ?", since == null ? null : since.toEpochMilli(),
                participant);
    }

    /** Removes participants of a locked call. If nobody is left, the call has ended at that time. */
    static void remove(EntityManager em, CallState call, Collection<CallState.Participant> leaving, Instant at) {
        leaving.forEach(participant -> Statements.update(em, "delete from call_participant where id = ?", participant.id()));
        if (!leaving.isEmpty() && leaving.size() >= call.people().size()) {
            end(em, call, List.copyOf(leaving).getLast().user(), at);
        }
    }

    /** A locked call has ended: nobody is in it. */
    static void end(EntityManager em, CallState call, User by, Instant at) {
        Statements.update(em, "update room_call set ended_at = ?, ender = ?, ender_name = ? where id = ?", at.toEpochMilli(), by.id(),
                by.name(), call.call());
    }

    static void removePerson(EntityManager em, String room, User person, Instant at) {
        // Most rooms have no call: that takes one look at an index.
        if (Statements.finds(em, "select 1 from room_call where room = ?", room)) {
            lock(em, room).ifPresent(call -> remove(em, call, call.of(person.id()), at));
        }
    }

    /** The end of a call that everyone has left, to be logged. */
    static Optional<EndCall> ending(EntityManager em, String room) {
        record Ended(String call, long from, long to, User by) {}

        return Statements.query(em, row -> new Ended(row.getString(1), row.getLong(2), row.getLong(3),
                new User(row.getString(4), row.getString(5))),
                "select id, started_at, ended_at, ender, ender_name from room_call where room = ? and ended_at is not null", room)
                .stream().findFirst().map(ended -> new EndCall(room, new Actor(ended.by, false), ended.call,
                        Math.max(0, Duration.ofMillis(ended.to - ended.from).toSeconds()),
                        Statements.query(em, row -> new User(row.getString(1), row.getString(2)),
                                "select person, person_name from call_person where call_id = ? order by joined_at, person", ended.call)));
    }
}
