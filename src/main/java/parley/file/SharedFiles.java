package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.identity.Actor;
import parley.journal.Views;
import parley.protocol.AttachedFile;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.sql.Statements;
import parley.threads.RequestPool;

/**
 * Files for people who may read them now: people who may read the room whose message carries the file, and before that its owner.
 * Never waits; a thread of the request pool reads. A future fails when the database can't be read.
 */
@ApplicationScoped
public class SharedFiles {

    /** One more file than a message has, so that a page ends between two messages. */
    private static final int MOST_OF_MESSAGE = AttachedFile.MOST + 1;

    @Inject
    private OwnTransaction transactions;
    @Inject
    private Uploads uploads;
    @Inject
    private Views views;
    @Inject
    private RequestPool readers;
    @Inject
    private Stores stores;

    /** A small picture of a file. */
    public record Thumbnail(String type, byte[] bytes) {}

    /** Files of a room, newest first. */
    public record Page(List<StoredFile> files, boolean more) {}

    /** The file, if this person may read its bytes now. */
    public CompletableFuture<Optional<StoredFile>> readable(String user, String id) {
        return readers.read(() -> uploads.find(id).filter(file -> isHandedOutTo(user, file))).thenCompose(found ->
                found.isEmpty() ? CompletableFuture.completedFuture(found)
                        : views.of(found.get().room()).thenApply(view -> view.filter(room -> maySee(room, user)).flatMap(room -> found)));
    }

    private static boolean isHandedOutTo(String user, StoredFile file) {
        return file.state() == StoredFile.State.READY && (file.message() > 0 || file.message() == 0 && file.owner().equals(user));
    }

    /** The thumbnail of a file, if this person may read it now and there is one. */
    public CompletableFuture<Optional<Thumbnail>> thumbnail(String user, String id) {
        return readable(user, id).thenCompose(found -> found.filter(StoredFile::thumbnail).isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(() -> transactions.run(connection -> Statements.query(connection,
                row -> new Thumbnail(row.getString(1), row.getBytes(2)),
                "select type, bytes from file_thumbnail where file = ?", id).stream().findFirst())));
    }

    /** The bytes of a range of a file that is {@link #readable}. Waits for its store; the caller closes the stream. */
    public InputStream open(StoredFile file, long from, long length) throws IOException {
        return stores.open(file, from, length);
    }

    /** Refuses an upload to a room: people who may post there may upload, unless the room stores no messages. */
    public CompletableFuture<Optional<Problem>> uploading(Actor by, String room) {
        return views.of(room).thenApply(found -> found.map(view -> RoomPolicy.posting(view, by, Instant.now())
                .or(() -> view.profile().retention().equals(Retention.NONE)
                        ? Optional.of(Problem.forbidden("This room stores no messages, so it can't have files.")) : Optional.empty()))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom())));
    }

    /** The files of a room's messages before one of them, newest first; empty for people who can't see the room. */
    public CompletableFuture<Optional<Page>> list(String user, String room, long before, int limit) {
        return views.of(room).thenCompose(view -> view.filter(found -> maySee(found, user)).isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(() -> Optional.of(page(room, before, limit))));
    }

    // Whole messages, so that the offset of the last one is enough to continue.
    private Page page(String room, long before, int limit) {
        List<StoredFile> found = transactions.run(connection -> Statements.query(connection, StoredFile::of, "select " + StoredFile.COLUMNS
                + " from file where room = ? and message_offset > 0 and message_offset < ? order by message_offset desc, id limit "
                + (limit + MOST_OF_MESSAGE), room, before));
        List<StoredFile> page = new ArrayList<>();
        for (StoredFile file : found) {
            if (page.size() >= limit && page.getLast().message() != file.message()) {
                return new Page(page, true);
            }
            page.add(file);
        }
        return new Page(page, false);
    }

    private static boolean maySee(RoomView room, String user) {
        return RoomPolicy.maySee(room, user, Instant.now());
    }
}
