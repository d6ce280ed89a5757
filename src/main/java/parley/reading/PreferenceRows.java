package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import parley.protocol.Level;
import parley.sql.Statements;

/** Writes table {@code room_preference}. Each call waits for the database. */
@ApplicationScoped
class PreferenceRows {

    private record Row(String level, Long hiddenAt, boolean favourite, String section, Long place) {}

    private static final Row NONE = new Row(null, null, false, null, null);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /**
     * Stores these changes. Throws if another transaction inserts the row at the same time.
     *
     * @param head the head of the room: a later message shows a hidden room again
     */
    @Transactional
    void change(String user, String room, RoomPreferences.Changes changes, long head) {
        List<Row> before = Statements.query(em, row -> new Row(row.getString(1), number(row.getLong(2), row.wasNull()), row.getBoolean(3),
                row.getString(4), number(row.getLong(5), row.wasNull())), """
                select level, hidden_at, favourite, section, place from room_preference where user_id = ? and room = ? for update""",
                user, room);
        Row after = after(before.isEmpty() ? NONE : before.getFirst(), changes, head);
        Statements.update(em, before.isEmpty()
                ? "insert into room_preference (level, hidden_at, favourite, section, place, user_id, room) values (?, ?, ?, ?, ?, ?, ?)"
                : "update room_preference set level = ?, hidden_at = ?, favourite = ?, section = ?, place = ? "
                + "where user_id = ? and room = ?",
                after.level, after.hiddenAt, after.favourite, after.section, after.place, user, room);
    }

    private static Row after(Row before, RoomPreferences.Changes changes, long head) {
        return new Row(changes.level().map(Level::wire).orElse(before.level),
                changes.hidden().isEmpty() ? before.hiddenAt : changes.hidden().get() ? Long.valueOf(head) : null,
                changes.favourite().orElse(before.favourite),
                changes.section().isEmpty() ? before.section : changes.section().get().isEmpty() ? null : changes.section().get(),
                changes.position().isEmpty() ? before.place
                        : changes.position().getAsLong() == 0 ? null : Long.valueOf(changes.position().getAsLong()));
    }

    private static Long number(long value, boolean absent) {
        return absent ? null : value;
    }
}
