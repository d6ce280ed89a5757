package parley.message;

import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.journal.MessageTexts;
import parley.protocol.AttachedFile;
import parley.protocol.LinkPreview;
import parley.protocol.MessageChange;
import parley.room.ExactMessage;
import parley.sql.Statements;

/** Reads single messages from the tables, in the running transaction. */
final class StoredMessages {

    private static final String FIND = "select " + MessageTexts.FRAMES + """
            , p.log_offset pinned, w.removed
            from room_event e left join pin p on p.room = e.room and p.message_offset = e.log_offset
            left join message_preview w on w.room = e.room and w.message_offset = e.log_offset
            where e.room = ? and e.log_offset = ? and e.type = 'message.posted'""";

    private StoredMessages() {
    }

    /** The message at an offset, if there is one. */
    static Optional<ExactMessage> find(EntityManager em, String room, long offset) {
        return Statements.query(em, row -> (ExactMessage) Stored.of(em, room, offset, row), FIND, room, offset).stream().findFirst();
    }

    /** When a person posted last in a room, if that was at this time or later. Reads only what is in the log since then. */
    static Optional<Instant> lastPosted(EntityManager em, String room, String author, Instant since) {
        return Statements.query(em, row -> Instant.ofEpochMilli(row.getLong(1)), """
                select happened_at from room_event where room = ? and log_offset >= ? and actor = ? and type = 'message.posted'
                and happened_at >= ? order by log_offset desc limit 1""", room, History.firstSince(em, room, since), author,
                since.toEpochMilli()).stream().findFirst();
    }

    /** How many messages of a room are pinned. */
    static int pins(EntityManager em, String room) {
        return Statements.query(em, row -> row.getInt(1), "select count(*) from pin where room = ?", room).getFirst();
    }

    /** A message whose reactions are read when they are asked for. */
    private record Stored(EntityManager em, String room, long offset, String author, Instant at, MessageChange.Posted posted,
                          List<LinkPreview> previews, boolean previewsRemoved, boolean pinned) implements ExactMessage {

        static Stored of(EntityManager em, String room, long offset, ResultSet row) throws SQLException {
            MessageTexts.Latest latest = MessageTexts.read(row);
            return new Stored(em, room, offset, latest.event().by().id(), latest.event().at(), latest.posted(),
                    latest.previews(), row.getBoolean("removed"), row.getObject("pinned") != null);
        }

        @Override
        public long thread() {
            return posted.thread();
        }

        @Override
        public String text() {
            return posted.text();
        }

        @Override
        public List<String> mentions() {
            return posted.mentions();
        }

        @Override
        public List<AttachedFile> files() {
            return posted.files();
        }

        @Override
        public boolean deleted() {
            return posted.deleted();
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
