package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.identity.Actor;
import parley.protocol.Codec;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.room.Projection;
import parley.room.RetentionLimits;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.room.RuledMessages;
import parley.settings.Settings;
import parley.sql.Rows;
import parley.sql.Slice;
import parley.sql.Statements;

/**
 * The table {@code waiting_message}, and reports by rules. What the journal calls is part of its transaction; each other call is a
 * transaction of its own and waits for the database. The end of a room deletes its rows, and no message waits longer than its room keeps
 * messages.
 */
@ApplicationScoped
class WaitingRows implements RuledMessages, Projection {

    /** How long a message waits, unless its room keeps messages for less. */
    static final Duration WAITS = Duration.ofDays(7);
    /** How long its author can see what became of it. */
    static final Duration KEPT = Duration.ofDays(7);

    private static final String TABLE = "waiting_message";
    private static final String SELECT = "select id, room, author, author_name, message_key, frame, pattern, created_at, "
            + "expires_at, state, decided_by from waiting_message";
    private static final String OPEN = " state in ('WAITING', 'APPROVING') and expires_at > ?";
    private static final String END = "update waiting_message set frame = null, pattern = null, state = ?, decided_by = ?, decided_at = ? "
            + "where id = ? and state = ?";

    private static final String EXPIRE = "update waiting_message set frame = null, pattern = null, state = 'EXPIRED' "
            + "where state in ('WAITING', 'APPROVING')";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private AuditLog audit;
    @Inject
    private Settings settings;
    @Inject
    private ReportRows reports;
    @Inject
    private RuleRows rules;

    @Override
    public Held hold(RoomView room, User author, MessageChange.Posted post, String pattern, Instant now, EntityManager em) {
        Optional<WaitingMessage> before = Statements.query(em, WaitingRows::message, SELECT
                + " where room = ? and author = ? and message_key = ?", room.id(), author.id(), post.key()).stream().findFirst();
        if (before.isPresent()) {
            return switch (before.get().state()) {
                case WAITING, APPROVING, APPROVED -> new Held.Waits(true);
                case REFUSED, EXPIRED -> new Held.Refused(Problem.refusedText("No moderator approved this message."));
            };
        }
        Optional<Problem> refused = RoomPolicy.waiting(count(room.id(), author.id(), now, em), count(room.id(), null, now, em));
        if (refused.isPresent()) {
            return new Held.Refused(refused.get());
        }
        insert(new RoomEvent(room.id(), 0, now, author, post), pattern, expires(room, now), em);
        return new Held.Waits(false);
    }

    // The cut-off of now is as long ago as the room keeps a message.
    private Instant expires(RoomView room, Instant now) {
        Instant usual = now.plus(WAITS);
        return limits().within(room.profile().retention()).cutoff(now).map(cutoff -> now.plus(Duration.between(cutoff, now)))
                .filter(usual::isAfter).orElse(usual);
    }

    private RetentionLimits limits() {
        return RetentionLimits.of(settings.retention().kept());
    }

    private static int count(String room, String author, Instant now, EntityManager em) {
        String waiting = "select count(*) from waiting_message where room = ? and" + OPEN;
        return (author == null ? Statements.query(em, row -> row.getInt(1), waiting, room, now.toEpochMilli())
                : Statements.query(em, row -> row.getInt(1), waiting + " and author = ?", room, now.toEpochMilli(), author)).getFirst();
    }

    private static void insert(RoomEvent event, String pattern, Instant expires, EntityManager em) {
        Statements.update(em, """
                insert into waiting_message (id, room, author, author_name, message_key, frame, pattern, created_at, expires_at, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'WAITING')""", RemovalRows.newId(event.at()), event.room(), event.by().id(),
                event.by().name(), ((MessageChange.Posted) event.change()).key(), Codec.encode(event).text(), pattern,
                event.at().toEpochMilli(), expires.toEpochMilli());
    }

    @Override
    public void flag(RoomEvent event, String pattern, EntityManager em) {
        reports.flag(event, pattern);
    }

    /** The waiting message with this id, if this person may decide about it. */
    @Transactional
    Optional<WaitingMessage> find(String id, Actor by, Instant now) {
        List<Object> arguments = new ArrayList<>(List.of(id, now.toEpochMilli()));
        return Statements.query(em, WaitingRows::message, SELECT + " where id = ? and" + OPEN + Moderated.by(by, TABLE, arguments),
                arguments.toArray()).stream().findFirst();
    }

    /**
     * Up to {@code limit} messages that wait and about which this person may decide, newest first.
     *
     * @param room only those of this room; empty for all
     * @param before only those before this id; empty for the first page
     */
    @Transactional
    List<WaitingMessage> page(Actor by, String room, String before, int limit, Instant now) {
        List<Object> arguments = new ArrayList<>(List.of(before.isEmpty() ? "g" : before, now.toEpochMilli(), room, room));
        return Statements.query(em, WaitingRows::message, SELECT + " where id < ? and" + OPEN + " and (? = '' or room = ?)"
                + Moderated.by(by, TABLE, arguments) + " order by id desc limit " + limit, arguments.toArray());
    }

    /** The last messages of this person that wait or waited, newest first. */
    @Transactional
    List<WaitingMessage> of(String author, int limit) {
        return Statements.query(em, WaitingRows::message, SELECT + " where author = ? order by id desc limit " + limit, author);
    }

    /** It goes into the log now. From here on it can only be approved. Returns false if it no longer waits. */
    @Transactional
    boolean approving(String id, String by, Instant now) {
        return Statements.update(em, "update waiting_message set state = 'APPROVING', decided_by = ? where id = ? and" + OPEN, by, id,
                now.toEpochMilli()) == 1;
    }

    /** The room did not take it: it waits again. */
    @Transactional
    void waitsAgain(String id) {
        Statements.update(em, "update waiting_message set state = 'WAITING', decided_by = null where id = ? and state = 'APPROVING'", id);
    }

    /** It is decided, with an audit event: its content is deleted. Returns false if it was before. */
    @Transactional
    boolean end(WaitingMessage message, WaitingMessage.State from, WaitingMessage.State to, String by, String address, Instant now) {
        boolean ended = Statements.update(em, END, to.name(), by, now.toEpochMilli(), message.id(), from.name()) == 1;
        if (ended) {
            audit.write(List.of(new AuditEvent(now, to == WaitingMessage.State.APPROVED ? "message.approved" : "message.refused", by,
                    message.author().id(), message.room(), address, "waiting=" + message.id(), 1)));
        }
        return ended;
    }

    /** Deletes the content of messages that nobody decided about in time, and returns their number. Deletes what was decided long ago. */
    @Transactional
    int expire(Instant now) {
        Statements.update(em, "delete from waiting_message where state not in ('WAITING', 'APPROVING') and expires_at <= ?",
                now.minus(KEPT).toEpochMilli());
        int expired = Statements.update(em, EXPIRE + " and expires_at <= ?", now.toEpochMilli());
        // The room may have got a shorter retention since.
        record Place(String room, Retention retention) {}
        List<Place> places = Statements.query(em, row -> new Place(row.getString(1), Retention.of(row.getString(2)).orElseThrow()),
                "select distinct w.room, r.retention from waiting_message w join room r on r.id = w.room "
                + "where w.state in ('WAITING', 'APPROVING')");
        for (Place place : places) {
            Optional<Instant> cutoff = limits().within(place.retention).cutoff(now);
            expired += cutoff.map(before -> Statements.update(em, EXPIRE + " and room = ? and created_at <= ?", place.room,
                    before.toEpochMilli())).orElse(0);
        }
        return expired;
    }

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        for (RoomEvent event : events) {
            if (event.change() instanceof RoomChange.Closed) {
                Statements.update(em, "delete from waiting_message where room = ?", event.room());
                rules.forget(event.room());
            }
        }
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        // What waits is in no log, and expires by itself.
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        // What waits stays with its room.
    }

    private static WaitingMessage message(ResultSet row) throws SQLException {
        return new WaitingMessage(row.getString("id"), row.getString("room"),
                new User(row.getString("author"), row.getString("author_name")), row.getString("message_key"),
                Optional.ofNullable(row.getString("frame")).map(Codec::decodeEvent),
                Optional.ofNullable(row.getString("pattern")), Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")), WaitingMessage.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("decided_by")));
    }
}
