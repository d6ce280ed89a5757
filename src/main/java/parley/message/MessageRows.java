package parley.message;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.sql.Rows;
import parley.sql.Statements;

/** Writes table {@code message}: the copies of messages that the previous version reads. */
final class MessageRows {

    private static final Rows<RoomEvent> ROWS = Rows.<RoomEvent>of("message")
            .text("room", RoomEvent::room).number("log_offset", RoomEvent::offset)
            .text("author", event -> event.by().id()).text("author_name", event -> event.by().name())
            .text("client_key", event -> posted(event).key()).text("content", event -> posted(event).text())
            .number("thread_offset", event -> posted(event).thread()).flag("also", event -> posted(event).also())
            .text("mentions", event -> lines(posted(event).mentions())).flag("everyone", event -> posted(event).everyone())
            .flag("deleted", event -> posted(event).deleted()).number("posted_at", event -> event.at().toEpochMilli());

    private MessageRows() {
    }

    /** Stores these events, each of which posted a message. */
    static void post(EntityManager em, List<RoomEvent> events) {
        ROWS.insert(em, events);
    }

    /** The rows of these events, each of which posted a message. */
    static Rows.Insertion<RoomEvent> insertion(List<RoomEvent> events) {
        return ROWS.insertionOf(events);
    }

    static void edit(EntityManager em, RoomEvent event, MessageChange.Edited edited) {
        Statements.update(em,
                "update message set content = ?, mentions = ?, edited_at = ? where room = ? and log_offset = ? and not deleted",
                edited.text(), lines(edited.mentions()), event.at().toEpochMilli(), event.room(), edited.message());
    }

    static void delete(EntityManager em, String room, Long[] messages) {
        Statements.update(em, """
                update message set content = '', mentions = null, everyone = false, edited_at = null, deleted = true
                where room = ? and log_offset = any(?)""", room, messages);
    }

    static void restore(EntityManager em, String room, MessageChange.Restored restored) {
        Statements.update(em, """
                update message set content = ?, mentions = ?, everyone = ?, edited_at = cast(? as bigint), deleted = false
                where room = ? and log_offset = ? and deleted""", restored.text(), lines(restored.mentions()), restored.everyone(),
                restored.edited().map(Instant::toEpochMilli).orElse(null), room, restored.message());
    }

    static void forget(EntityManager em, String room, long upTo) {
        Statements.update(em, "delete from message where room = ? and log_offset <= ?", room, upTo);
    }

    /** Whether there is such a message that is not deleted. */
    static boolean isThere(EntityManager em, String room, long message) {
        return Statements.finds(em, "select 1 from " + MessageTable.ALL + " m where room = ? and log_offset = ? and not deleted", room,
                message);
    }

    private static MessageChange.Posted posted(RoomEvent event) {
        return (MessageChange.Posted) event.change();
    }

    /** Ids have no control characters, so a line break separates them. */
    static String lines(List<String> ids) {
        return ids.isEmpty() ? null : String.join("\n", ids);
    }

    /** The ids in a text that {@link #lines} made. */
    static List<String> ids(String lines) {
        return lines == null || lines.isEmpty() ? List.of() : List.of(lines.split("\n"));
    }
}
