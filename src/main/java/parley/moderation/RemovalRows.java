package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.message.MessagePlace;
import parley.protocol.User;
import parley.protocol.WireTime;
import parley.sql.Statements;

/** The table {@code removal}, and finding what it is about. Each call is a transaction and waits for the database. */
@ApplicationScoped
class RemovalRows {

    /** How many removals are kept. */
    static final int MOST = 100;

    private static final String SELECT = """
            select id, person, from_at, to_at, rooms, reason, started_by, started_by_name, created_at, state, node, removed, restored,
            looked, incomplete, removed_at, undone_by, undone_by_name, ended_at from removal""";

    // Rooms of the person first, because most of the messages are there.
    private static final String ROOMS = """
            select r.id, (select 1 from membership m where m.room = r.id and m.user_id = ?) known from room r
            where r.closed_at is null and r.head > 0 and r.id not like 'rebuild:%' order by known nulls last, r.id""";
    private static final String MESSAGES = """
            select log_offset from room_event where room = ? and log_offset > ? and log_offset <= ? and actor = ?
            and type = 'message.posted' and deleted is null and happened_at >= ? and happened_at < ? order by log_offset limit\s""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;

    /** Adds a removal, with its one audit event. The oldest that have ended make room for it. */
    @Transactional
    void add(Removal removal, String address) {
        Statements.update(em, """
                insert into removal (id, person, from_at, to_at, rooms, reason, started_by, started_by_name, created_at, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", removal.id(), removal.person(), removal.from().toEpochMilli(),
                removal.to().toEpochMilli(), removal.rooms().isEmpty() ? null : String.join("\n", removal.rooms()), removal.reason(),
                removal.by().id(), removal.by().name(), removal.created().toEpochMilli(), removal.state().name());
        Statements.update(em, "delete from removal where ended_at is not null and id in (select id from removal order by id desc offset "
                + MOST + ")");
        audit.write(List.of(new AuditEvent(removal.created(), "messages.removed", removal.by().id(), removal.person(), null, address,
                "removal=" + removal.id() + " from=" + WireTime.text(removal.from()) + " to=" + WireTime.text(removal.to())
                + (removal.rooms().isEmpty() ? "" : " rooms=" + removal.rooms().size()), 1)));
    }

    @Transactional
    Optional<Removal> find(String id) {
        return Statements.query(em, RemovalRows::removal, SELECT + " where id = ?", id).stream().findFirst();
    }

    /** The last removals, the newest first. */
    @Transactional
    List<Removal> all() {
        return Statements.query(em, RemovalRows::removal, SELECT + " order by id desc limit " + MOST);
    }

    /** A removal of messages of this person that can be undone, that is being worked on, or of which originals are left. */
    @Transactional
    Optional<Removal> left(String person) {
        return Statements.query(em, RemovalRows::removal, SELECT + " where person = ? and (ended_at is null or exists (select 1 from "
                + "removed_message m where m.removal = removal.id)) order by id limit 1", person).stream().findFirst();
    }

    /** How many have to be worked on. */
    @Transactional
    int open() {
        return Statements.query(em, row -> row.getInt(1), "select count(*) from removal where state in ('REMOVING', 'RESTORING')")
                .getFirst();
    }

    /** Those that have to be worked on, the oldest first. */
    @Transactional
    List<Removal> due(Instant now) {
        // An erasure of the person ends a removal while an instance may still remove messages, so originals may be left.
        return Statements.query(em, RemovalRows::removal, SELECT + " where state in ('REMOVING', 'RESTORING') "
                + "or state = 'REMOVED' and removed_at <= ? or state = 'FINAL' and exists (select 1 from removed_message m "
                + "where m.removal = removal.id) order by id", now.minus(Removals.UNDOABLE).toEpochMilli());
    }

    /** Asks for its undoing, with an audit event. Returns false if it is not complete or already undone. */
    @Transactional
    boolean undo(Removal removal, User by, String address, Instant now) {
        boolean accepted = Statements.update(em,
                "update removal set state = 'RESTORING', undone_by = ?, undone_by_name = ? where id = ? and state = 'REMOVED'",
                by.id(), by.name(), removal.id()) == 1;
        if (accepted) {
            audit.write(List.of(new AuditEvent(now, "messages.restored", by.id(), removal.person(), null, address,
                    "removal=" + removal.id(), 1)));
        }
        return accepted;
    }

    /** The ids of the rooms that may have messages of this person. */
    @Transactional
    List<String> rooms(String person) {
        return Statements.query(em, row -> row.getString(1), ROOMS, person);
    }

    /** Up to {@code limit} offsets of messages that are to be removed from a room, after an offset. */
    @Transactional
    List<Long> messages(Removal removal, String room, long after, long upTo, int limit) {
        return Statements.query(em, row -> row.getLong(1), MESSAGES + limit, room, after, upTo, removal.person(),
                removal.from().toEpochMilli(), removal.to().toEpochMilli());
    }

    /** The offset of the last event of a room. */
    @Transactional
    long head(String room) {
        return Statements.query(em, row -> row.getLong(1), "select head from room where id = ?", room).stream().findFirst().orElse(0L);
    }

    /** Stores how far it is. */
    @Transactional
    void progress(String id, String node, int looked) {
        Statements.update(em, "update removal set node = ?, looked = ?, removed = " + count() + " where id = ?", node, looked, id, id);
    }

    /** All of its messages are removed. */
    @Transactional
    void removed(String id, boolean incomplete, Instant now) {
        Statements.update(em, "update removal set state = 'REMOVED', incomplete = ?, removed_at = ?, removed = " + count()
                + " where id = ? and state = 'REMOVING'", incomplete, now.toEpochMilli(), id, id);
    }

    private static String count() {
        return "(select count(*) from removed_message m where m.removal = ?)";
    }

    /** It has ended, unless it had ended before. */
    @Transactional
    void end(String id, Removal.State state, Instant now) {
        Statements.update(em, "update removal set state = ?, ended_at = ? where id = ? and ended_at is null", state.name(),
                now.toEpochMilli(), id);
    }

    /** Up to {@code limit} of its removed messages, in the order of rooms and offsets. */
    @Transactional
    List<MessagePlace> kept(String id, int limit) {
        return Statements.query(em, row -> new MessagePlace(row.getString(1), row.getLong(2)),
                "select room, message_offset from removed_message where removal = ? order by room, message_offset limit " + limit, id);
    }

    /** An id that is greater than those before, as far as the clock is right. */
    static String newId(Instant now) {
        return "%012x-%s".formatted(now.toEpochMilli(), UUID.randomUUID().toString().substring(0, 8));
    }

    private static Removal removal(ResultSet row) throws SQLException {
        String rooms = row.getString("rooms");
        String undoneBy = row.getString("undone_by");
        return new Removal(row.getString("id"), row.getString("person"), Instant.ofEpochMilli(row.getLong("from_at")),
                Instant.ofEpochMilli(row.getLong("to_at")), rooms == null ? List.of() : Arrays.asList(rooms.split("\n")),
                row.getString("reason"), new User(row.getString("started_by"), row.getString("started_by_name")),
                Instant.ofEpochMilli(row.getLong("created_at")), Removal.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("node")), row.getInt("removed"), row.getInt("restored"), row.getInt("looked"),
                row.getBoolean("incomplete"), time(row, "removed_at"),
                undoneBy == null ? Optional.empty() : Optional.of(new User(undoneBy, row.getString("undone_by_name"))),
                time(row, "ended_at"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
