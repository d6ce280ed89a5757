package parley.preview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.file.SharedFiles;
import parley.journal.Views;
import parley.room.RoomPolicy;
import parley.threads.RequestPool;

/**
 * Pictures of previews for people who may read the message's room now. Never waits; a thread of the request pool reads. A future fails when
 * the database can't be read.
 */
@ApplicationScoped
public class SharedPictures {

    @Inject
    private PreviewPictures pictures;
    @Inject
    private Views views;
    @Inject
    private RequestPool readers;

    /** The picture, if this person may see it now. */
    public CompletableFuture<Optional<SharedFiles.Thumbnail>> find(String user, String id) {
        return readers.read(() -> pictures.find(id)).thenCompose(found -> found.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : views.of(found.get().room()).thenApply(view -> view.filter(room -> RoomPolicy.maySee(room, user, Instant.now()))
                        .map(room -> found.get().picture())));
    }
}
