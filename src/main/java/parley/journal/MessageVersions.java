package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;
import parley.sql.Statements;

/** Keeps {@code message_version}: where the log has the later texts of a message. A deleted message has none. */
@ApplicationScoped
class MessageVersions implements Projection {

    private static final Rows<RoomEvent> ROWS = Rows.<RoomEvent>of("message_version").text("room", RoomEvent::room)
            .number("message_offset", event -> ((MessageChange.OfMessage) event.change()).message())
            .number("log_offset", RoomEvent::offset);

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        List<RoomEvent> edits = new ArrayList<>();
        for (List<RoomEvent> run : DeletionRuns.of(events)) {
            RoomEvent event = run.getFirst();
            if (event.change() instanceof MessageChange.Edited edited && !edited.deleted()) {
                edits.add(event);
            } else if (event.change() instanceof MessageChange.Restored restored && !restored.deleted()) {
                insert(edits, em);
                restored.versions().forEach(version -> Statements.update(em,
                        "insert into message_version (room, message_offset, log_offset) values (?, ?, ?)", event.room(),
                        restored.message(), version));
                edits.add(event);
            } else if (event.change() instanceof MessageChange.Deleted) {
                insert(edits, em);
                Statements.update(em, "delete from message_version where room = ? and message_offset = any(?)", event.room(),
                        DeletionRuns.messages(run));
            }
        }
        insert(edits, em);
    }

    // Called before each event that removes or restores texts, because a rebuild finds the texts of a restored message in both places.
    private static void insert(List<RoomEvent> edits, EntityManager em) {
        if (!edits.isEmpty()) {
            ROWS.insert(em, List.copyOf(edits));
            edits.clear();
        }
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        Statements.update(em, "delete from message_version where room = ? and message_offset <= ?", room, upTo);
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        slice.replaceBy(other, "message_version", "message_offset", em);
    }

    /** The offsets of the later texts of a message, in order. */
    List<Long> of(String room, long message, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select log_offset from message_version where room = ? and message_offset = ? order by log_offset", room, message);
    }

    /** The offsets of the later texts of these messages. */
    List<Long> ofAll(String room, Long[] messages, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select log_offset from message_version where room = ? and message_offset = any(?)", room, messages);
    }

    /** The offset of the latest of these texts; nothing if the message was never changed. */
    List<Long> latestOf(String room, long message, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select log_offset from message_version where room = ? and message_offset = ? order by log_offset desc limit 1", room,
                message);
    }

    /** The offsets after {@code upTo} of later texts of messages up to it. */
    List<Long> after(String room, long upTo, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select log_offset from message_version where room = ? and message_offset <= ? and log_offset > ? order by log_offset",
                room, upTo, upTo);
    }
}
