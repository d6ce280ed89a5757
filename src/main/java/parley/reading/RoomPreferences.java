package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.OptionalLong;
import parley.protocol.Level;
import parley.sql.Statements;

/** How people sorted their rooms: table {@code room_preference}. Each call waits for the database. */
@ApplicationScoped
public class RoomPreferences {

    /**
     * What a person changes; empty for what stays.
     *
     * @param hidden whether the room is hidden until its next message
     * @param section the name of the section, an empty text for none
     * @param position the place in the section; 0 for none
     */
    public record Changes(Optional<Level> level, Optional<Boolean> hidden, Optional<Boolean> favourite, Optional<String> section,
                          OptionalLong position) {}

    private record Row(String level, Long hiddenAt, boolean favourite, String section, Long place) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /**
     * Stores these changes.
     *
     * @param head the head of the room: a later message shows a hidden room again
     */
    @Transactional
    public void change(String user, String room, Changes changes, long head) {
        // Two devices at once would insert the row twice: the second waits for the first.
        Statements.update(em, """
                merge into room_preference p using (select * from unnest(cast(? as varchar array), cast(? as varchar array))
                as q(user_id, room)) q on (p.user_id = q.user_id and p.room = q.room)
                when not matched then insert (user_id, room, favourite) values (q.user_id, q.room, false)""",
                new String[] {user}, new String[] {room});
        Row before = Statements.query(em, row -> new Row(row.getString(1), number(row.getLong(2), row.wasNull()), row.getBoolean(3),
                row.getString(4), number(row.getLong(5), row.wasNull())), """
                select level, hidden_at, favourite, section, place from room_preference where user_id = ? and room = ? for update""",
                user, room).getFirst();
        Row after = after(before, changes, head);
        Statements.update(em, """
                update room_preference set level = ?, hidden_at = ?, favourite = ?, section = ?, place = ?
                where user_id = ? and room = ?""", after.level, after.hiddenAt, after.favourite, after.section, after.place, user, room);
    }

    private static Row after(Row before, Changes changes, long head) {
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
