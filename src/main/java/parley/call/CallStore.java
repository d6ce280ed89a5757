package parley.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.protocol.OngoingCall;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.room.OngoingCalls;
import parley.settings.Settings;
import parley.sql.Statements;

/** The transactions on the people of calls. Each call waits for the database. */
@ApplicationScoped
class CallStore implements OngoingCalls {

    /** An instance that has not shown itself in the database for this long is gone. */
    static final Duration INSTANCE_GONE = Duration.ofSeconds(15);
    /** How long a call may wait for the person who started it. */
    private static final Duration EMPTY = Duration.ofSeconds(10);
    private static final int AT_ONCE = 500;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    private Settings settings;

    /** For the container's proxy. */
    CallStore() {
    }

    @Inject
    CallStore(Settings settings) {
        this.settings = settings;
    }

    /** For tests, with their own transactions. */
    CallStore(EntityManager em, Settings settings) {
        this(settings);
        this.em = em;
    }

    /** Who joins: the connection, and the participant that it continues, if it does. */
    record Joining(User user, String session, Optional<String> participant, String newId) {}

    /** The outcome of joining: one of the two. */
    record Joined(Optional<Problem> refused, Optional<CallState> state, String participant) {

        private static Joined refused(Problem problem) {
            return new Joined(Optional.of(problem), Optional.empty(), "");
        }
    }

    @Override
    @Transactional
    public Optional<OngoingCall> of(String room) {
        return Optional.ofNullable(CallRows.of(em, List.of(room)).get(room)).filter(state -> !state.ended()).map(CallState::ongoing);
    }

    /** The frames of starts and ends of calls in the log of a room after an offset, up to another, in order. */
    @Transactional
    List<String> logged(String room, long after, long upTo) {
        return Statements.query(em, row -> row.getString(1), """
                select frame from room_event where room = ? and log_offset > ? and log_offset <= ?
                    and type in ('call.started', 'call.ended') order by log_offset""", room, after, upTo);
    }

    /** The calls of these rooms, by room. */
    @Transactional
    Map<String, CallState> states(Collection<String> rooms) {
        return CallRows.of(em, rooms);
    }

    /**
     * Joins the call of a room. A new participant replaces those of the same connection, and those of the same person whose connection is
     * lost: the person's page was loaded again.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Joined join(String room, Joining joining, Instant now) {
        Optional<CallState> locked = CallRows.lock(em, room);
        if (locked.isEmpty()) {
            return Joined.refused(CallRules.noCall());
        }
        CallState call = locked.get();
        Optional<CallState.Participant> continued = joining.participant.flatMap(call::participant)
                .filter(participant -> participant.user().id().equals(joining.user.id()));
        List<CallState.Participant> replaced = call.people().stream().filter(participant -> !continued.equals(Optional.of(participant))
                && (participant.session().equals(joining.session)
                        || continued.isEmpty() && participant.lost() && participant.user().id().equals(joining.user.id()))).toList();
        if (continued.isEmpty() && call.people().size() - replaced.size() >= settings.calls().people()) {
            return Joined.refused(CallRules.full(settings.calls().people()));
        }
        replaced.forEach(participant -> Statements.update(em, "delete from call_participant where id = ?", participant.id()));
        String node = settings.instance().name();
        String id = continued.map(CallState.Participant::id).orElse(joining.newId);
        if (continued.isPresent()) {
            CallRows.move(em, id, node, joining.session);
        } else {
            CallRows.add(em, call.call(), new CallState.Participant(id, joining.user, node, joining.session, false), now);
        }
        return new Joined(Optional.empty(), Optional.of(CallRows.of(em, List.of(room)).get(room)), id);
    }

    /** Removes the participant of a connection. Returns the call after that, if the room has one. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<CallState> leave(String room, String session, Instant now) {
        CallRows.lock(em, room).ifPresent(call -> CallRows.remove(em, call, call.people().stream()
                .filter(participant -> participant.session().equals(session)).toList(), now));
        return Optional.ofNullable(CallRows.of(em, List.of(room)).get(room));
    }

    /** Notes since when the participant of a connection has lost it, or that the connection is there after all ({@code null}). */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void lose(String room, String session, Instant since) {
        CallRows.lock(em, room).ifPresent(call -> call.people().stream()
                .filter(participant -> participant.session().equals(session) && participant.lost() == (since == null))
                .forEach(participant -> CallRows.lose(em, participant.id(), since)));
    }

    /** The end of a call that everyone has left, to be logged. */
    @Transactional
    Optional<EndCall> ending(String room) {
        return CallRows.ending(em, room);
    }

    /** Whether a room has a call. */
    @Transactional
    boolean hasCalls() {
        return Statements.finds(em, "select 1 from room_call limit 1");
    }

    /** The rooms of calls from which something is to be removed: participants of instances that are gone, lost ones, and the call. */
    @Transactional
    List<String> stale(Instant now) {
        return Statements.query(em, row -> row.getString(1), """
                select c.room from room_call c where c.ended_at is not null
                or c.started_at < ? and not exists (select 1 from call_participant p where p.call_id = c.id)
                or exists (select 1 from call_participant p where p.call_id = c.id and (p.lost_at < ?
                    or p.lost_at is null and p.node not in (select i.node from instance i where i.seen_at >= ?)))
                order by c.room limit %d""".formatted(AT_ONCE), now.minus(EMPTY).toEpochMilli(),
                now.minus(settings.calls().grace()).toEpochMilli(), now.minus(INSTANCE_GONE).toEpochMilli());
    }

    /**
     * Removes what did not come back to the call of a room: participants that are lost for too long. Those of instances that are gone count
     * as lost since their instance was seen last.
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void expire(String room, Instant now) {
        CallRows.lock(em, room).ifPresent(call -> {
            Statements.update(em, """
                    update call_participant set lost_at = coalesce(
                        (select max(i.seen_at) from instance i where i.node = call_participant.node), joined_at)
                    where call_id = ? and lost_at is null
                    and node not in (select i.node from instance i where i.seen_at >= ?)""", call.call(),
                    now.minus(INSTANCE_GONE).toEpochMilli());
            Map<String, Long> expired = new LinkedHashMap<>();
            Statements.query(em, row -> expired.put(row.getString(1), row.getLong(2)),
                    "select id, lost_at from call_participant where call_id = ? and lost_at < ? order by lost_at, id", call.call(),
                    now.minus(settings.calls().grace()).toEpochMilli());
            CallRows.remove(em, call, expired.keySet().stream().flatMap(id -> call.participant(id).stream()).toList(),
                    Instant.ofEpochMilli(expired.values().stream().mapToLong(Long::longValue).max().orElse(0)));
            if (call.people().isEmpty() && call.started().isBefore(now.minus(EMPTY))) {
                CallRows.end(em, call, call.by(), call.started());
            }
        });
    }

    /** The rooms of calls with participants whose connections are on this instance. */
    @Transactional
    List<String> here() {
        return Statements.query(em, row -> row.getString(1), """
                select distinct c.room from room_call c join call_participant p on p.call_id = c.id
                where p.node = ? and p.lost_at is null order by c.room""", settings.instance().name());
    }

    /** Notes that the connections of this instance in the call of a room are gone: the instance has just started. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void restarted(String room, Instant now) {
        CallRows.lock(em, room).ifPresent(call -> call.people().stream()
                .filter(participant -> participant.node().equals(settings.instance().name()) && !participant.lost())
                .forEach(participant -> CallRows.lose(em, participant.id(), now)));
    }
}
