package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
 * Stores snapshots of documents, which clients make. A client may be broken or malicious, so storing a snapshot removes no update; {@code
 * DocumentSweep} does that much later.
 */
@ApplicationScoped
public class Snapshots {

    /** The most bytes of a snapshot. */
    public static final int LARGEST = 384 << 10;

    @Inject
    private Views views;
    @Inject
    private Blocks blocks;
    @Inject
    private RequestPool requests;
    @Inject
    private SnapshotCommit commits;

    /** Stores a snapshot of all updates up to a version. Completes with the refusal, if there is one. */
    public CompletableFuture<Optional<Problem>> store(Actor by, String room, String document, long version, byte[] content) {
        return views.of(room).thenCompose(view -> requests.read(() -> view.map(found -> refusal(found, by)
                        .or(() -> commits.store(room, document, by.id(), version, content)))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom()))));
    }

    private Optional<Problem> refusal(RoomView room, Actor by) {
        return DocumentRules.writing(room, by, Instant.now()).or(() -> RoomPolicy.writing(room, by, blocks::blocked));
    }
}
