package parley.message;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import parley.protocol.Message;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;
import parley.sql.Rows;

/** The row of a message. */
@Entity
@Table(name = "message")
@IdClass(StoredMessage.Key.class)
class StoredMessage {

    private static final Rows<StoredMessage> ROWS = Rows.<StoredMessage>of("message")
            .text("room", m -> m.room).number("log_offset", m -> m.offset)
            .text("author", m -> m.author).text("author_name", m -> m.authorName).text("client_key", m -> m.key)
            .text("content", m -> m.content).number("thread_offset", m -> m.thread).text("mentions", m -> m.mentions)
            .number("posted_at", m -> m.at);

    /** What identifies a message. */
    static class Key implements Serializable {
        String room;
        long offset;

        Key() {
        }

        Key(String room, long offset) {
            this.room = room;
            this.offset = offset;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && room.equals(key.room) && offset == key.offset;
        }

        @Override
        public int hashCode() {
            return Objects.hash(room, offset);
        }
    }

    @Id
    private String room;
    @Id
    @Column(name = "log_offset")
    private long offset;
    private String author;
    @Column(name = "author_name")
    private String authorName;
    @Column(name = "client_key")
    private String key;
    private String content;
    @Column(name = "thread_offset")
    private long thread;
    // Ids have no controls, so a newline parts them.
    private String mentions;
    @Column(name = "posted_at")
    private long at;

    protected StoredMessage() {
    }

    StoredMessage(RoomEvent event, MessageChange.Posted posted) {
        this.room = event.room();
        this.offset = event.offset();
        this.author = event.by().id();
        this.authorName = event.by().name();
        this.key = posted.key();
        this.content = posted.text();
        this.thread = posted.thread();
        this.mentions = posted.mentions().isEmpty() ? null : String.join("\n", posted.mentions());
        this.at = event.at().toEpochMilli();
    }

    /** Stores these in the running transaction. */
    static void store(EntityManager em, List<StoredMessage> messages) {
        ROWS.insert(em, messages);
    }

    Message message() {
        return new Message(offset, new User(author, authorName), Instant.ofEpochMilli(at), content, key, thread,
                mentions == null ? List.of() : List.of(mentions.split("\n")));
    }
}
