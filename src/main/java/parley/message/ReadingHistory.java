package parley.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import parley.identity.Caller;
import parley.journal.Views;
import parley.protocol.HistoryPage;
import parley.protocol.Message;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.room.RoomPolicy;
import parley.threads.ReaderPool;

/**
 * Reads messages for callers who may read the room. Never waits; a thread of the reader pool reads. A future fails when the database
 * can't be read.
 */
@ApplicationScoped
public class ReadingHistory {

    @Inject
    private Views views;
    @Inject
    private History history;
    @Inject
    private ReaderPool readers;

    /** What a caller finds. */
    public sealed interface Found<T> {

        /** The caller may read it. */
        record Read<T>(T value) implements Found<T> {}

        /** It does not exist for the caller. */
        record Refused<T>(Problem problem) implements Found<T> {}

        private static <T> Found<T> of(Optional<T> value) {
            return value.<Found<T>>map(Read::new).orElseGet(() -> new Refused<>(Problem.noSuchMessage()));
        }
    }

    /** The page, or the refusal, as the reply to {@code re}. */
    public CompletableFuture<Reply> read(Caller caller, long re, String room, HistoryPage page) {
        return ifVisible(caller, room, () -> new Found.Read<>(history.read(re, room, page, caller.id())))
                .thenApply(found -> switch (found) {
            case Found.Read<Reply.Page> read -> read.value();
            case Found.Refused<Reply.Page> refused -> new Reply.Refused(re, refused.problem());
        });
    }

    /** One message. */
    public CompletableFuture<Found<Message>> one(Caller caller, String room, long offset) {
        return ifVisible(caller, room, () -> Found.of(history.one(room, offset, caller.id())));
    }

    /** The texts that a message had, oldest first. */
    public CompletableFuture<Found<List<Message.Version>>> versions(Caller caller, String room, long offset) {
        return ifVisible(caller, room, () -> Found.of(Optional.of(history.versions(room, offset)).filter(texts -> !texts.isEmpty())));
    }

    private <T> CompletableFuture<Found<T>> ifVisible(Caller caller, String room, Supplier<Found<T>> reading) {
        return views.of(room).thenCompose(view -> view.filter(found -> RoomPolicy.maySee(found, caller.id(), Instant.now())).isEmpty()
                ? CompletableFuture.completedFuture(new Found.Refused<>(Problem.noSuchRoom()))
                : readers.read(reading));
    }
}
