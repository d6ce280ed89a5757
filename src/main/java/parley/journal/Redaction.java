package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import parley.protocol.DocumentChange;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.DocumentLogs;
import parley.sql.Rows;

/**
 * Removes what people wrote, and previews of links, from stored frames of the log, in the running transaction. The events and their offsets
 * stay.
 */
@ApplicationScoped
class Redaction {

    private static final int AT_ONCE = 500;
    // Only a message that was posted has a hash.
    private static final String UPDATE = """
            update room_event set frame = ?, deleted = case when key_hash is not null then true end where room = ? and log_offset = ?""";

    @Inject
    private MessageVersions versions;
    @Inject
    private MessagePreviews previews;
    @Inject
    private DocumentLogs documents;

    /**
     * Removes the texts and previews of a message or the titles of a document if this event deletes it, and former previews if it is about
     * others. Call it before the event is projected.
     */
    void of(RoomEvent event, EntityManager em) {
        switch (event.change()) {
            case MessageChange.Deleted deleted -> redact(event.room(), Stream.of(List.of(deleted.message()),
                    versions.of(event.room(), deleted.message(), em), previews.of(event.room(), deleted.message(), em))
                    .flatMap(List::stream).distinct().toList(), LoggedFrame::redacted, em);
            case MessageChange.Edited edited -> removePreviews(event.room(), edited.message(), em);
            case MessageChange.Previewed previewed -> removePreviews(event.room(), previewed.message(), em);
            case DocumentChange.Deleted deleted -> redact(event.room(), documents.titles(deleted.document(), em), LoggedFrame::redacted,
                    em);
            default -> { }
        }
    }

    private void removePreviews(String room, long message, EntityManager em) {
        redact(room, previews.of(room, message, em), LoggedFrame::withoutPreviews, em);
    }

    /** Removes the texts and previews of the messages up to an offset from events after it. Call it before these messages are removed. */
    void ofForgotten(String room, long upTo, EntityManager em) {
        redact(room, Stream.of(versions.after(room, upTo, em), previews.after(room, upTo, em)).flatMap(List::stream).distinct().toList(),
                LoggedFrame::redacted, em);
    }

    private static void redact(String room, List<Long> offsets, UnaryOperator<LoggedFrame> without, EntityManager em) {
        for (int from = 0; from < offsets.size(); from += AT_ONCE) {
            List<LoggedFrame> redacted = LogEntry.at(em, room, offsets.subList(from, Math.min(from + AT_ONCE, offsets.size()))).stream()
                    .map(without).toList();
            Rows.onConnection(em, connection -> {
                try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
                    for (LoggedFrame logged : redacted) {
                        update.setString(1, logged.frame().text());
                        update.setString(2, room);
                        update.setLong(3, logged.offset());
                        update.addBatch();
                    }
                    return update.executeBatch();
                }
            });
        }
    }
}
