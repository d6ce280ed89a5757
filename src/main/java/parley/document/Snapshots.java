package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.identity.Actor;
import parley.journal.Views;
import parley.people.Blocks;
import parley.protocol.Problem;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.RequestPool;

/**
 * Stores snapshots and texts of documents, which clients make. A client may be broken or malicious, so storing a snapshot removes no
 * update; {@code DocumentSweep} does that much later.
 */
@ApplicationScoped
public class Snapshots {

    /** The most bytes of a snapshot in a frame or in JSON. */
    public static final int LARGEST_IN_FRAME = 384 << 10;

    @Inject
    private Views views;
    @Inject
    private Blocks blocks;
    @Inject
    private RequestPool requests;
    @Inject
    private SnapshotCommit commits;
    @Inject
    private StoredDocuments documents;
    @Inject
    private DocumentTexts texts;

    /** What a person gets who asks for a snapshot. */
    public sealed interface Found {

        /** The snapshot, of so many bytes. */
        record Stored(String document, String id, long bytes) implements Found {

            /** How many parts its content has. */
            public int parts() {
                return Math.toIntExact((bytes + SnapshotRows.PART - 1) / SnapshotRows.PART);
            }
        }

        /** Why there is none. */
        record Refused(Problem problem) implements Found {}
    }

    /** Stores a snapshot of all updates up to a version. Completes with the refusal, if there is one. */
    public CompletableFuture<Optional<Problem>> store(Actor by, String room, String document, long version, byte[] content) {
        return views.of(room).thenCompose(view -> requests.read(() -> view.map(found -> refusal(found, by)
                        .or(() -> commits.store(room, document, by.id(), version, content)))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom()))));
    }

    /** Stores the text of a version for search. Completes with the refusal, if there is one. */
    public CompletableFuture<Optional<Problem>> storeText(Actor by, String room, String document, long version, String text) {
        return views.of(room).thenCompose(view -> requests.read(() -> view.map(found -> refusal(found, by)
                        .or(() -> texts.store(room, document, by.id(), version, text)))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom()))));
    }

    /** The snapshot of a version, for people who may read the room now. */
    public CompletableFuture<Found> find(String user, String room, String document, long version) {
        return views.of(room).thenCompose(view -> view.filter(found -> RoomPolicy.maySee(found, user, Instant.now())).isEmpty()
                ? CompletableFuture.completedFuture(new Found.Refused(Problem.noSuchRoom()))
                : requests.read(() -> find(room, document, version)));
    }

    private Found find(String room, String document, long version) {
        return documents.version(room, document).isEmpty() ? new Found.Refused(Problem.noSuchDocument())
                : documents.snapshot(document, version)
                .<Found>map(snapshot -> new Found.Stored(document, snapshot.id(), snapshot.bytes()))
                .orElseGet(() -> new Found.Refused(Problem.gone("There is no snapshot of this version. Open the document again.")));
    }

    /** One part of the content, counted from 0; an {@link IOException} if the snapshot was deleted meanwhile. Waits for the database. */
    public byte[] part(Found.Stored snapshot, int part) throws IOException {
        return documents.part(snapshot.document, snapshot.id, part)
                .orElseThrow(() -> new IOException("The snapshot was deleted while it was read"));
    }

    private Optional<Problem> refusal(RoomView room, Actor by) {
        return DocumentRules.writing(room, by, Instant.now()).or(() -> RoomPolicy.writing(room, by, blocks::blocked));
    }
}
