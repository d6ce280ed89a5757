package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;
import parley.sql.Statements;

/**
 * Owns the table {@code message_preview}: the event of the log that has the previews of a message. Only one event of a message has them: a
 * later change removes those of earlier events.
 */
@ApplicationScoped
class MessagePreviews implements Projection {

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        for (List<RoomEvent> run : DeletionRuns.of(events)) {
            RoomEvent event = run.getFirst();
            switch (event.change()) {
                case MessageChange.Edited edited when !edited.deleted() ->
                        set(event, edited.message(), edited.previews().isEmpty(), false, em);
                case MessageChange.Previewed previewed ->
                        set(event, previewed.message(), previewed.previews().isEmpty(), previewed.removed(), em);
                case MessageChange.Deleted deleted ->
                        Statements.update(em, "delete from message_preview where room = ? and message_offset = any(?)", event.room(),
                                DeletionRuns.messages(run));
                default -> { }
            }
        }
    }

    private static void set(RoomEvent event, long message, boolean none, boolean removed, EntityManager em) {
        long at = none ? 0 : event.offset();
        int known = Statements.update(em,
                "update message_preview set log_offset = ?, removed = (removed or ?) where room = ? and message_offset = ?",
                at, removed, event.room(), message);
        if (known == 0 && (at > 0 || removed)) {
            Statements.update(em, "insert into message_preview (room, message_offset, log_offset, removed) values (?, ?, ?, ?)",
                    event.room(), message, at, removed);
        }
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        Statements.update(em, "delete from message_preview where room = ? and message_offset <= ?", room, upTo);
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        slice.replaceBy(other, "message_preview", "message_offset", em);
    }

    /** The offset of the event that has the previews of a message; nothing if it has none. */
    List<Long> of(String room, long message, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select log_offset from message_preview where room = ? and message_offset = ? and log_offset > 0", room, message);
    }

    /** The offsets of the events that have the previews of these messages. */
    List<Long> ofAll(String room, Long[] messages, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select log_offset from message_preview where room = ? and message_offset = any(?) and log_offset > 0", room, messages);
    }

    /** The offsets after {@code upTo} of events with previews of messages up to it. */
    List<Long> after(String room, long upTo, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select log_offset from message_preview where room = ? and message_offset <= ? and log_offset > ? order by log_offset",
                room, upTo, upTo);
    }
}
