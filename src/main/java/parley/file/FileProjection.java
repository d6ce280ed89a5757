package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.AttachedFile;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;
import parley.sql.Statements;

/**
 * Notes which message carries a file, and which rooms were closed. Deletes files with their message, in the same transaction. The bytes are
 * no projection of the log, so a rebuild changes nothing here: it derives messages under another room id, which has no files.
 */
@ApplicationScoped
class FileProjection implements Projection {

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        for (RoomEvent event : events) {
            switch (event.change()) {
                case MessageChange.Posted posted when !posted.files().isEmpty() ->
                        onConnection(em, connection -> attach(connection, event.room(), event.offset(), posted.files()));
                case MessageChange.Edited edited when !edited.deleted() -> onConnection(em, connection -> {
                    detach(connection, event.room(), edited.message(), edited.files());
                    attach(connection, event.room(), edited.message(), edited.files());
                });
                case MessageChange.Deleted deleted when deleted.isRemoval() -> onConnection(em, connection ->
                        RemovedFiles.hide(connection, event.room(), deleted.message()));
                case MessageChange.Restored restored when !restored.deleted() -> onConnection(em, connection ->
                        RemovedFiles.show(connection, event.room(), restored.message()));
                case MessageChange.Deleted deleted -> onConnection(em, connection ->
                        FileDeletion.delete(connection, "room = ? and message_offset = ?", event.room(), deleted.message()));
                // Nobody can read them any more. Their number has no bound, so the sweep deletes them.
                case RoomChange.Closed closed -> onConnection(em, connection ->
                        Statements.update(connection, "insert into file_closed_room (room) values (?)", event.room()));
                default -> { }
            }
        }
    }

    /** Files need a decision with locks, so a message with files is never stored by {@link #insertions}. */
    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        onConnection(em, connection -> FileDeletion.delete(connection, "room = ? and message_offset <= ? and message_offset >= ?", room,
                upTo, -upTo));
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        // Files stay with the messages of their room.
    }

    private static void attach(Connection connection, String room, long message, List<AttachedFile> files) throws SQLException {
        if (!files.isEmpty()) {
            Statements.update(connection, "update file set message_offset = ? where room = ? and message_offset is null and id in ("
                    + places(files) + ")", Stream.concat(Stream.of(message, room), files.stream().map(AttachedFile::id)).toArray());
        }
    }

    // An edit may leave files out. They are deleted, because no message carries them any more.
    private static void detach(Connection connection, String room, long message, List<AttachedFile> kept) throws SQLException {
        FileDeletion.delete(connection, "room = ? and message_offset = ?" + (kept.isEmpty() ? "" : " and id not in (" + places(kept) + ")"),
                Stream.concat(Stream.of(room, message), kept.stream().map(AttachedFile::id)).toArray());
    }

    private static String places(List<AttachedFile> files) {
        return files.stream().map(file -> "?").collect(Collectors.joining(", "));
    }

    private interface Change {
        void on(Connection connection) throws SQLException;
    }

    private static void onConnection(EntityManager em, Change change) {
        Rows.onConnection(em, connection -> {
            change.on(connection);
            return true;
        });
    }
}
