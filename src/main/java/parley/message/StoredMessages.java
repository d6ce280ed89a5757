package parley.message;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parley.room.ExactMessage;
import parley.sql.Statements;

/** Reads single messages from the tables, in the running transaction. */
final class StoredMessages {

    private StoredMessages() {
    }

    /** The message at an offset, if there is one. */
    static Optional<ExactMessage> find(EntityManager em, String room, long offset) {
        return Statements.query(em, row -> (ExactMessage) Stored.of(em, room, offset, row), """
                select m.author, m.posted_at, m.thread_offset, m.content, m.mentions, m.deleted, p.log_offset
                from message m left join pin p on p.room = m.room and p.message_offset = m.log_offset
                where m.room = ? and m.log_offset = ?""", room, offset).stream().findFirst();
    }

    /** The offset of the message that an author posted under a key, if there is one. */
    static OptionalLong posted(EntityManager em, String room, String author, String key) {
        return Statements.query(em, row -> row.getLong(1),
                "select log_offset from message where room = ? and author = ? and client_key = ?",
                room, author, key).stream().mapToLong(Long::longValue).findFirst();
    }

    /** How many messages of a room are pinned. */
    static int pins(EntityManager em, String room) {
        return Statements.query(em, row -> row.getInt(1), "select count(*) from pin where room = ?", room).getFirst();
    }

    /** A message whose reactions are read when they are asked for. */
    private record Stored(EntityManager em, String room, long offset, String author, Instant at, long thread, String text,
                          List<String> mentions, boolean deleted, boolean pinned) implements ExactMessage {

        static Stored of(EntityManager em, String room, long offset, ResultSet row) throws SQLException {
            return new Stored(em, room, offset, row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getLong(3), row.getString(4),
                    MessageRows.ids(row.getString(5)), row.getBoolean(6), row.getObject(7) != null);
        }

        @Override
        public int edits() {
            return count("message_version");
        }

        @Override
        public boolean hasReaction(String user, String emoji) {
            return Statements.finds(em, "select 1 from reaction where room = ? and message_offset = ? and emoji = ? and user_id = ?",
                    room, offset, emoji, user);
        }

        @Override
        public int emojis() {
            return count("reaction_count");
        }

        @Override
        public boolean hasEmoji(String emoji) {
            return Statements.finds(em, "select 1 from reaction_count where room = ? and message_offset = ? and emoji = ?",
                    room, offset, emoji);
        }

        private int count(String table) {
            return Statements.query(em, row -> row.getInt(1), "select count(*) from " + table + " where room = ? and message_offset = ?",
                    room, offset).getFirst();
        }
    }
}
