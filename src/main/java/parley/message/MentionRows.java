package parley.message;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.sql.Rows;
import parley.sql.Statements;

/** Writes table {@code mention}: whom each message mentions that is not deleted. */
final class MentionRows {

    /** @param user empty for everyone */
    record Row(String room, long message, String user, String author) {}

    private static final String EVERYONE = "";
    private static final Rows<Row> ROWS = Rows.<Row>of("mention")
            .text("room", Row::room).number("message_offset", Row::message).text("user_id", Row::user).text("author", Row::author);

    private MentionRows() {
    }

    /** Stores whom these events mention, each of which posted a message. */
    static void post(EntityManager em, List<RoomEvent> events) {
        ROWS.insert(em, insertion(events).rows());
    }

    /** The rows of whom these events mention, each of which posted a message. */
    static Rows.Insertion<Row> insertion(List<RoomEvent> events) {
        List<Row> rows = new ArrayList<>();
        for (RoomEvent event : events) {
            MessageChange.Posted posted = (MessageChange.Posted) event.change();
            if (!posted.deleted()) {
                posted.mentions().stream().distinct()
                        .forEach(user -> rows.add(new Row(event.room(), event.offset(), user, event.by().id())));
                if (posted.everyone()) {
                    rows.add(new Row(event.room(), event.offset(), EVERYONE, event.by().id()));
                }
            }
        }
        return ROWS.insertionOf(rows);
    }

    /** An edit replaces whom the message mentions by name. */
    static void edit(EntityManager em, RoomEvent event, MessageChange.Edited edited) {
        Statements.update(em, "delete from mention where room = ? and message_offset = ? and user_id <> ''", event.room(),
                edited.message());
        if (!edited.deleted() && MessageRows.isThere(em, event.room(), edited.message())) {
            ROWS.insert(em, edited.mentions().stream().distinct()
                    .map(user -> new Row(event.room(), edited.message(), user, event.by().id())).toList());
        }
    }

    /** A message that was deleted mentions people again. */
    static void restore(EntityManager em, String room, MessageChange.Restored restored) {
        List<String> authors = Statements.query(em, row -> row.getString(1),
                "select author from " + MessageTable.ALL + " m where room = ? and log_offset = ? and not deleted", room,
                restored.message());
        if (!authors.isEmpty()) {
            Stream<String> all = Stream.concat(restored.mentions().stream().distinct(),
                    restored.everyone() ? Stream.of(EVERYONE) : Stream.empty());
            ROWS.insert(em, all.map(user -> new Row(room, restored.message(), user, authors.getFirst())).toList());
        }
    }

    static void delete(EntityManager em, String room, Long[] messages) {
        Statements.update(em, "delete from mention where room = ? and message_offset = any(?)", room, messages);
    }

    static void forget(EntityManager em, String room, long upTo) {
        Statements.update(em, "delete from mention where room = ? and message_offset <= ?", room, upTo);
    }
}
