package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import parley.protocol.DocumentChange;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.DocumentLogs;
import parley.sql.Rows;

/**
 * Removes what people wrote, and previews of links, from stored frames of the log, in the running transaction. The events and their offsets
 * stay. Puts back what the undoing of a bulk removal restores.
 */
@ApplicationScoped
class Redaction {

    private static final int AT_ONCE = 500;
    // Only a message that was posted has a hash.
    private static final String UPDATE = """
            update room_event set frame = ?, deleted = case when key_hash is not null then true end where room = ? and log_offset = ?""";

    private static final String RESTORE = "update room_event set frame = ?, deleted = null where room = ? and log_offset = ?";

    /** Why events of a room are rewritten; without a reason, their content comes back. */
    private record Cause(String room, Optional<Leaving.Reason> reason, Optional<RoomEvent> event) {

        Cause(String room, Leaving.Reason reason, RoomEvent event) {
            this(room, Optional.of(reason), Optional.of(event));
        }
    }

    /** Deletions by one person in one room, as a part of one bulk removal or of none, which have the same cause. */
    private record Removal(String room, String id, String by) {

        static Removal of(RoomEvent event, MessageChange.Deleted deleted) {
            return new Removal(event.room(), deleted.removal(), event.by().id());
        }
    }

    @Inject
    private MessageVersions versions;
    @Inject
    private MessagePreviews previews;
    @Inject
    private DocumentLogs documents;
    @Inject
    private LeavingContent leaving;
    @Inject
    private RemovedOriginals removed;
    @Inject
    @Any
    private Instance<Rewrites> rewrites;

    /**
     * Removes the texts and previews of a message or the titles of a document if one of these events deletes it, and former previews if
     * it is about others. Call it before the events are projected.
     */
    void of(List<RoomEvent> events, EntityManager em) {
        Map<Removal, List<RoomEvent>> removals = new LinkedHashMap<>();
        Map<String, List<RoomEvent>> restored = new LinkedHashMap<>();
        for (RoomEvent event : events) {
            switch (event.change()) {
                case MessageChange.Deleted deleted ->
                        removals.computeIfAbsent(Removal.of(event, deleted), removal -> new ArrayList<>()).add(event);
                case MessageChange.Restored back -> restored.computeIfAbsent(event.room(), room -> new ArrayList<>()).add(event);
                default -> of(event, em);
            }
        }
        removals.forEach((removal, deletions) -> remove(removal, deletions, em));
        restored.forEach((room, restorations) -> restore(room, restorations, em));
    }

    private void restore(String room, List<RoomEvent> restorations, EntityManager em) {
        List<Long> messages = restorations.stream().map(event -> ((MessageChange.Restored) event.change()).message()).toList();
        // A former text has no previews: they are not restored.
        store(RESTORE, removed.take(room, messages, em).stream().map(LoggedFrame::withoutPreviews).toList(),
                new Cause(room, Optional.empty(), Optional.of(restorations.getFirst())), em);
    }

    private void remove(Removal removal, List<RoomEvent> deletions, EntityManager em) {
        Long[] messages = deletions.stream().map(event -> ((MessageChange.Deleted) event.change()).message()).toArray(Long[]::new);
        List<Long> offsets = Stream.of(List.of(messages), versions.ofAll(removal.room(), messages, em),
                previews.ofAll(removal.room(), messages, em)).flatMap(List::stream).distinct().toList();
        leaving.show(removal.room(), Leaving.Reason.DELETED, Optional.of(deletions.getFirst()), offsets, em);
        if (!removal.id().isEmpty()) {
            removed.keep(removal.room(), removal.id(), List.of(messages), em);
        }
        rewrite(new Cause(removal.room(), Leaving.Reason.DELETED, deletions.getFirst()), offsets, LoggedFrame::redacted, em);
    }

    private void of(RoomEvent event, EntityManager em) {
        switch (event.change()) {
            case MessageChange.Edited edited -> {
                List<Long> texts = Stream.concat(Stream.of(edited.message()),
                        versions.latestOf(event.room(), edited.message(), em).stream()).toList();
                removePreviews(event, Leaving.Reason.EDITED, edited.message(), texts, em);
            }
            case MessageChange.Previewed previewed ->
                    removePreviews(event, Leaving.Reason.PREVIEWS_REPLACED, previewed.message(), List.of(), em);
            case DocumentChange.Deleted deleted ->
                    redact(event, Leaving.Reason.DOCUMENT_DELETED, documents.titles(deleted.document(), em), em);
            default -> { }
        }
    }

    private void redact(RoomEvent event, Leaving.Reason reason, List<Long> offsets, EntityManager em) {
        leaving.show(event.room(), reason, Optional.of(event), offsets, em);
        rewrite(new Cause(event.room(), reason, event), offsets, LoggedFrame::redacted, em);
    }

    /** @param texts where the message's texts are, which stay */
    private void removePreviews(RoomEvent event, Leaving.Reason reason, long message, List<Long> texts, EntityManager em) {
        List<Long> found = previews.of(event.room(), message, em);
        leaving.show(event.room(), reason, Optional.of(event), Stream.concat(texts.stream(), found.stream()).toList(), em);
        rewrite(new Cause(event.room(), reason, event), found, LoggedFrame::withoutPreviews, em);
    }

    /** The offsets after {@code upTo} of events with texts and previews of messages up to it. */
    List<Long> concerningForgotten(String room, long upTo, EntityManager em) {
        return Stream.of(versions.after(room, upTo, em), previews.after(room, upTo, em)).flatMap(List::stream).distinct().toList();
    }

    /** Removes the texts and previews from these events. Call it before the messages that they concern are removed. */
    void ofForgotten(String room, List<Long> offsets, EntityManager em) {
        rewrite(new Cause(room, Optional.of(Leaving.Reason.EXPIRED), Optional.empty()), offsets, LoggedFrame::redacted, em);
    }

    private void rewrite(Cause cause, List<Long> offsets, UnaryOperator<LoggedFrame> without, EntityManager em) {
        for (int from = 0; from < offsets.size(); from += AT_ONCE) {
            store(UPDATE, LogEntry.at(em, cause.room, offsets.subList(from, Math.min(from + AT_ONCE, offsets.size()))).stream()
                    .map(without).toList(), cause, em);
        }
    }

    private void store(String sql, List<LoggedFrame> frames, Cause cause, EntityManager em) {
        Rows.onConnection(em, connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                for (LoggedFrame logged : frames) {
                    update.setString(1, logged.frame().text());
                    update.setString(2, cause.room);
                    update.setLong(3, logged.offset());
                    update.addBatch();
                }
                return update.executeBatch();
            }
        });
        Rewritten rewritten = new Rewritten(cause.room, cause.reason, cause.event, frames.stream().map(LoggedFrame::offset).toList());
        rewrites.forEach(told -> told.rewritten(rewritten, em));
    }
}
