package parley.message;

import jakarta.persistence.EntityManager;
import parley.protocol.RoomEvent;
import parley.sql.Statements;

/** Writes table {@code pin}. */
final class PinRows {

    private PinRows() {
    }

    static void pin(EntityManager em, RoomEvent event, long message) {
        // In a rebuild, the message may have been deleted or removed later.
        if (MessageRows.isThere(em, event.room(), message)) {
            Statements.update(em, "insert into pin (room, message_offset, log_offset) values (?, ?, ?)", event.room(), message,
                    event.offset());
        }
    }

    static void unpin(EntityManager em, String room, Long... messages) {
        Statements.update(em, "delete from pin where room = ? and message_offset = any(?)", room, messages);
    }

    static void forget(EntityManager em, String room, long upTo) {
        Statements.update(em, "delete from pin where room = ? and message_offset <= ?", room, upTo);
    }
}
