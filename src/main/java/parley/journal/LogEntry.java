package parley.journal;

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
import java.util.Optional;
import parley.protocol.Frame;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * The row of an event: its frame as on the wire, by room and offset, and for a message that has no copy what queries need of it. Only a
 * redaction changes the frame, and only retention deletes the row.
 */
@SuppressWarnings("UnusedVariable") // Some columns are read by SQL only.
@Entity
@Table(name = "room_event")
@IdClass(LogEntry.Key.class)
class LogEntry {

    private static final Rows<New> ROWS = Rows.<New>of("room_event").text("room", entry -> entry.event().room())
            .number("log_offset", entry -> entry.event().offset()).text("type", entry -> entry.event().change().type())
            .text("actor", entry -> entry.event().by().id()).text("frame", entry -> entry.frame().text())
            .number("happened_at", entry -> entry.event().at().toEpochMilli()).number("key_hash", New::keyHash)
            .number("thread_offset", New::thread).flag("also", New::also);

    /**
     * An event that is to be stored.
     *
     * @param copied whether its message is in table {@code message} too, so that its row needs only the frame
     */
    record New(RoomEvent event, Frame frame, boolean copied) {

        private Optional<MessageChange.Posted> onlyHere() {
            return !copied && event.change() instanceof MessageChange.Posted posted ? Optional.of(posted) : Optional.empty();
        }

        Optional<PostKey> key() {
            return event.change() instanceof MessageChange.Posted posted
                    ? Optional.of(new PostKey(event.room(), event.by().id(), posted.key())) : Optional.empty();
        }

        private Long keyHash() {
            return onlyHere().flatMap(posted -> key()).map(PostKey::hash).orElse(null);
        }

        private Long thread() {
            return onlyHere().map(MessageChange.Posted::thread).filter(thread -> thread > 0).orElse(null);
        }

        private Boolean also() {
            return onlyHere().map(MessageChange.Posted::also).filter(also -> also).orElse(null);
        }
    }

    /** The identity of an event. */
    static class Key implements Serializable {
        String room;
        long offset;

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
    private String type;
    private String actor;
    private String frame;
    @Column(name = "happened_at")
    private long at;

    protected LogEntry() {
    }

    /** The events at these offsets, in order. */
    static List<LoggedFrame> at(EntityManager em, String room, List<Long> offsets) {
        return em.createQuery("select e.offset, e.frame from LogEntry e where e.room = :room and e.offset in :offsets order by e.offset",
                        Object[].class).setParameter("room", room).setParameter("offsets", offsets)
                .getResultStream().map(row -> new LoggedFrame((Long) row[0], new Frame((String) row[1]))).toList();
    }

    /** The rows at these offsets, in order. */
    static List<Original> originals(EntityManager em, String room, List<Long> offsets) {
        return Statements.query(em, row -> new Original(room, row.getLong(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3),
                row.getString(4), new Frame(row.getString(5))), """
                select log_offset, happened_at, type, actor, frame from room_event where room = ? and log_offset = any(?)
                order by log_offset""", room, offsets.toArray(Long[]::new));
    }

    /** The rows of these events. */
    static Rows.Insertion<New> insertion(List<New> entries) {
        return ROWS.insertionOf(entries);
    }

    /** Inserts these events in the running transaction. */
    static void store(EntityManager em, List<New> entries) {
        ROWS.insert(em, entries);
    }
}
