package parley.message;

import jakarta.persistence.EntityManager;
import java.util.List;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.sql.Statements;

/** Writes tables {@code reaction} and {@code reaction_count}. */
final class ReactionRows {

    /** The row of one emoji of a message. */
    private record Count(int people, List<String> first) {}

    private ReactionRows() {
    }

    static void add(EntityManager em, RoomEvent event, MessageChange.ReactionAdded added) {
        String room = event.room();
        String user = event.by().id();
        if (!MessageRows.isThere(em, room, added.message())) {
            // A rebuild: the message was deleted or removed later.
            return;
        }
        Statements.update(em, "insert into reaction (room, message_offset, emoji, user_id, log_offset) values (?, ?, ?, ?, ?)",
                room, added.message(), added.emoji(), user, event.offset());
        List<Count> before = count(em, room, added.message(), added.emoji());
        if (before.isEmpty()) {
            Statements.update(em, """
                    insert into reaction_count (room, message_offset, emoji, people, first_people, log_offset)
                    values (?, ?, ?, 1, ?, ?)""", room, added.message(), added.emoji(), user, event.offset());
        } else {
            store(em, room, added.message(), added.emoji(), before.getFirst().people() + 1, People.with(before.getFirst().first(), user));
        }
    }

    static void remove(EntityManager em, RoomEvent event, MessageChange.ReactionRemoved removed) {
        String room = event.room();
        String user = event.by().id();
        int gone = Statements.update(em, "delete from reaction where room = ? and message_offset = ? and emoji = ? and user_id = ?",
                room, removed.message(), removed.emoji(), user);
        for (Count count : gone == 0 ? List.<Count>of() : count(em, room, removed.message(), removed.emoji())) {
            if (count.people() == 1) {
                Statements.update(em, "delete from reaction_count where room = ? and message_offset = ? and emoji = ?",
                        room, removed.message(), removed.emoji());
            } else {
                store(em, room, removed.message(), removed.emoji(), count.people() - 1, count.first().contains(user)
                        ? first(em, room, removed.message(), removed.emoji()) : count.first());
            }
        }
    }

    /** Removes the reactions to these messages. */
    static void clear(EntityManager em, String room, Long[] messages) {
        Statements.update(em, "delete from reaction where room = ? and message_offset = any(?)", room, messages);
        Statements.update(em, "delete from reaction_count where room = ? and message_offset = any(?)", room, messages);
    }

    static void forget(EntityManager em, String room, long upTo) {
        Statements.update(em, "delete from reaction where room = ? and message_offset <= ?", room, upTo);
        Statements.update(em, "delete from reaction_count where room = ? and message_offset <= ?", room, upTo);
    }

    private static List<Count> count(EntityManager em, String room, long message, String emoji) {
        return Statements.query(em, row -> new Count(row.getInt(1), MessageRows.ids(row.getString(2))),
                "select people, first_people from reaction_count where room = ? and message_offset = ? and emoji = ?", room, message, emoji);
    }

    private static void store(EntityManager em, String room, long message, String emoji, int people, List<String> first) {
        Statements.update(em, """
                update reaction_count set people = ?, first_people = ?
                where room = ? and message_offset = ? and emoji = ?""", people, MessageRows.lines(first), room, message, emoji);
    }

    private static List<String> first(EntityManager em, String room, long message, String emoji) {
        return Statements.query(em, row -> row.getString(1),
                "select user_id from reaction where room = ? and message_offset = ? and emoji = ? "
                + "order by log_offset limit " + Message.MOST_NAMED, room, message, emoji);
    }
}
