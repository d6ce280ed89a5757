package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import parley.identity.Caller;
import parley.journal.Views;
import parley.protocol.HistoryPage;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.room.RoomPolicy;
import parley.threads.ReaderPool;

/** Reads a page of a room's messages for callers who may read the room. Never waits; a thread of the reader pool reads. */
@ApplicationScoped
public class ReadingHistory {

    @Inject
    private Views views;
    @Inject
    private History history;
    @Inject
    private ReaderPool readers;

    /** The page, or the refusal, as the reply to {@code re}; fails when the database can't be read. */
    public CompletableFuture<Reply> read(Caller caller, long re, String room, HistoryPage page) {
        return views.of(room).thenCompose(view -> view.filter(found -> RoomPolicy.maySee(found, caller.id(), Instant.now())).isEmpty()
                ? CompletableFuture.completedFuture(new Reply.Refused(re, Problem.noSuchRoom()))
                : readers.read(() -> history.read(re, room, page)));
    }
}
