package parley.notify;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import parley.journal.MessageTexts;
import parley.protocol.User;
import parley.protocol.Why;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * Reads and writes table {@code notification}, in the running transaction. What changes several notifications locks them first ({@link
 * #lock}): in the order of their ids, and before push jobs ({@link PushRows}). So no two transactions wait for each other.
 */
final class NotificationRows {

    private static final Rows<Notification> ROWS = Rows.<Notification>of("notification").number("id", Notification::id)
            .text("person", Notification::person).text("room", Notification::room).number("log_offset", NotificationRows::place)
            .text("why", made -> made.isOwn() ? Why.INVITED.wire() : made.why().wire()).text("actor", made -> made.by().id())
            .text("actor_name", made -> made.by().name()).number("happened_at", made -> made.at().toEpochMilli())
            .text("own", made -> made.isOwn() ? made.why().wire() : null).text("note", made -> made.isOwn() ? made.text() : null)
            .number("about", made -> made.isOwn() ? made.offset() : null);

    /** Beyond the end of each log, so that nothing that happens in the room marks a person's own notification as read or removes it. */
    private static final long BEYOND = 1L << 62;

    /** The columns of {@link #read}: the text only if the message is still there, and the person may read the room now. */
    static final String SELECTED = """
            select n.id, n.person, n.room, n.log_offset, n.why, n.actor, n.actor_name, n.happened_at, n.seen, n.own, n.note, n.about,
                r.closed_at is null and (exists (select 1 from membership a where a.room = n.room and a.user_id = n.person)
                or r.kind = 'public' and not exists (select 1 from restraint b
                    where b.room = n.room and b.user_id = n.person and b.kind = 'banned')) readable,
                r.name as room_name, %s
            from notification n join room r on r.id = n.room
            left join room_event e on e.room = n.room and e.log_offset = n.log_offset and e.type = 'message.posted'
            """.formatted(MessageTexts.FRAMES);

    /** A notification that was removed or read. */
    record Removed(long id, String person, boolean pushed) {}

    /** The message, or the event, that a notification points to. */
    record Message(String room, long offset) {}

    /** The same for one person, who is notified of it once. */
    record Cause(String room, long offset, String person) {}

    private NotificationRows() {
    }

    static void insert(EntityManager em, Collection<Notification> made) {
        ROWS.insert(em, made);
    }

    /** Reserves this many ids and returns the first one. Other transactions that add notifications wait until this one ends. */
    static long reserve(EntityManager em, int ids) {
        Statements.update(em, "update notification_id set last = last + ? where id = 1", ids);
        return Statements.query(em, row -> row.getLong(1), "select last from notification_id where id = 1").getFirst() - ids + 1;
    }

    /** Who was notified already of one of these messages. The set can grow. */
    static Set<Cause> existing(EntityManager em, List<Message> messages) {
        return new HashSet<>(Statements.query(em, row -> new Cause(row.getString(1), row.getLong(2), row.getString(3)), """
                select w.room, w.log_offset, n.person
                from unnest(cast(? as varchar array), cast(? as bigint array)) as w(room, log_offset)
                join notification n on n.room = w.room and n.log_offset = w.log_offset""",
                messages.stream().map(Message::room).toArray(String[]::new), messages.stream().map(Message::offset).toArray(Long[]::new)));
    }

    /** The ids of the notifications that fulfil an SQL condition. */
    static List<Long> find(EntityManager em, String condition, Object... arguments) {
        return Statements.query(em, row -> row.getLong(1), "select id from notification where " + condition, arguments);
    }

    /** Locks the notifications that fulfil an SQL condition, and returns them. Waits for other transactions. */
    static List<Removed> lock(EntityManager em, String condition, Object... arguments) {
        return Statements.query(em, row -> new Removed(row.getLong(1), row.getString(2), row.getBoolean(3)),
                "select id, person, pushed from notification where " + condition + " order by id for update", arguments);
    }

    /** Removes the notifications that fulfil an SQL condition, and what would be pushed for them. */
    static List<Removed> remove(EntityManager em, String condition, Object... arguments) {
        List<Removed> removed = lock(em, condition, arguments);
        if (!removed.isEmpty()) {
            Long[] ids = ids(removed);
            PushRows.removeJobs(em, "notification = any(?)", (Object) ids);
            Statements.update(em, "delete from notification where id = any(?)", (Object) ids);
        }
        return removed;
    }

    static Long[] ids(Collection<Removed> notifications) {
        return notifications.stream().map(Removed::id).toArray(Long[]::new);
    }

    /** The ids of those that browsers show, by person. */
    static Map<String, List<Long>> pushed(Collection<Removed> removed) {
        return removed.stream().filter(Removed::pushed)
                .collect(Collectors.groupingBy(Removed::person, Collectors.mapping(Removed::id, Collectors.toList())));
    }

    private static long place(Notification made) {
        return made.isOwn() ? BEYOND + made.id() : made.offset();
    }

    static Notification read(ResultSet row) throws SQLException {
        String own = row.getString("own");
        if (own != null) {
            return new Notification(row.getLong("id"), row.getString("person"), row.getString("room"), row.getLong("about"), Why.of(own),
                    new User(row.getString("actor"), row.getString("actor_name")), Instant.ofEpochMilli(row.getLong("happened_at")),
                    row.getBoolean("seen"), row.getString("note"));
        }
        String text = row.getBoolean("readable") && row.getString("frame") != null ? MessageTexts.read(row).posted().textOrNames() : "";
        return new Notification(row.getLong("id"), row.getString("person"), row.getString("room"), row.getLong("log_offset"),
                Why.of(row.getString("why")), new User(row.getString("actor"), row.getString("actor_name")),
                Instant.ofEpochMilli(row.getLong("happened_at")), row.getBoolean("seen"),
                Notification.shortened(text));
    }
}
