package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Connection;
import parley.hub.NotFoundDelay;
import parley.journal.Views;
import parley.people.Blocks;
import parley.protocol.Codec;
import parley.protocol.DocumentCommand;
import parley.protocol.Event;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.settings.Settings;
import parley.threads.ReaderPool;

/**
 * Opens and closes documents for connections. No update is lost or repeated between the reply and what follows, because the connection
 * joins the document's feed before the document is read. Safe for every thread; never waits.
 */
@ApplicationScoped
public class Opening {

    private static final Logger LOG = Logger.getLogger(Opening.class.getName());
    private static final int TRIES = 5;

    @Inject
    private DocumentFeeds feeds;
    @Inject
    private StoredDocuments documents;
    @Inject
    private Views views;
    @Inject
    private Blocks blocks;
    @Inject
    private ReaderPool readers;
    @Inject
    private NotFoundDelay notFoundDelay;
    @Inject
    private Settings settings;
    @Inject
    private jakarta.enterprise.event.Event<Awareness> awareness;

    /** Sends the reply. Completes empty if the document is open or was read in part, otherwise with the refusal. */
    public CompletableFuture<Optional<Problem>> open(Connection connection, DocumentCommand.Open command) {
        CompletableFuture<Optional<Problem>> decided = connection.inTurn(() -> views.of(command.room())
                .thenCompose(view -> open(connection, command, view))
                .exceptionally(failed -> {
                    feeds.remove(connection, command.room(), command.document());
                    return Optional.of(refusal(failed));
                }));
        return notFoundDelay.hide(decided, refused -> refused.filter(Problem::hides).isPresent()).thenApply(refused -> {
            refused.ifPresent(problem -> connection.say(new Reply.Refused(command.id(), problem)));
            return refused;
        });
    }

    /** Closes a document, if it is open, and sends the reply. */
    public CompletableFuture<Void> close(Connection connection, DocumentCommand.Close command) {
        return connection.inTurn(() -> {
            feeds.remove(connection, command.room(), command.document());
            connection.say(new Reply.Done(command.id()));
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * Broadcasts awareness to the others who have the document open, on every instance. Refuses a sender that does not have it open or may
     * not edit it. Returns the reply, which is sent only if the command has an id.
     */
    public CompletableFuture<Reply> tell(Connection from, DocumentCommand.Aware command) {
        return views.of(command.room()).thenCompose(view -> refusal(view, from, command)).thenApply(refused -> {
            if (refused.isPresent()) {
                return new Reply.Refused(command.id(), refused.get());
            }
            Event.DocumentAware aware = new Event.DocumentAware(command.room(), command.document(), command.data(), from.caller().user());
            feeds.of(command.room(), command.document()).ifPresent(feed -> feed.tell(Codec.encode(aware), from));
            awareness.fire(new Awareness(aware));
            return new Reply.Done(command.id());
        });
    }

    private CompletableFuture<Optional<Problem>> refusal(Optional<RoomView> view, Connection from, DocumentCommand.Aware command) {
        Optional<Problem> refused = view.map(room -> DocumentRules.writing(room, from.caller().actor(), Instant.now()))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom()))
                .or(() -> feeds.isOpen(from, command.room(), command.document()) ? Optional.empty()
                        : Optional.of(Problem.conflict("Open the document first.")));
        return refused.isPresent() || !view.orElseThrow().isDirect() ? CompletableFuture.completedFuture(refused)
                : readers.read(() -> RoomPolicy.writing(view.orElseThrow(), from.caller().actor(), blocks::blocked));
    }

    private CompletableFuture<Optional<Problem>> open(Connection connection, DocumentCommand.Open command, Optional<RoomView> view) {
        return view.filter(room -> maySee(room, connection)).map(room -> readers.read(() -> read(connection, command, room)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.of(Problem.noSuchRoom())));
    }

    private Optional<Problem> read(Connection connection, DocumentCommand.Open command, RoomView view) {
        boolean another = !feeds.isOpen(connection, command.room(), command.document());
        if (another && feeds.open(connection) >= settings.documents().open()) {
            return Optional.of(Problem.tooLarge(
                    "A connection has at most " + settings.documents().open() + " documents open. Close one first."));
        }
        Optional<Long> version = documents.version(command.room(), command.document());
        if (version.isEmpty()) {
            feeds.remove(connection, command.room(), command.document());
            return Optional.of(Problem.noSuchDocument());
        }
        OpenDocument opening = feeds.add(connection, command.room(), command.document(), version.get());
        if (connection.isGone()) {
            feeds.remove(connection);
            return Optional.empty();
        }
        Optional<Problem> refused = answer(command, opening, view);
        if (refused.isPresent()) {
            feeds.remove(connection, command.room(), command.document());
        }
        return refused;
    }

    private Optional<Problem> answer(DocumentCommand.Open command, OpenDocument opening, RoomView view) {
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<StoredDocuments.Content> content = documents.read(command.room(), command.document(), command.since());
            // Check rights again: they may have changed before the connection joined the feed. Later changes reach the feed.
            if (!maySee(views.cached(command.room()).orElse(view), opening.connection())) {
                return Optional.of(Problem.noSuchRoom());
            }
            if (content.isEmpty()) {
                return Optional.of(Problem.noSuchDocument());
            }
            if (content.get().isPart()) {
                feeds.remove(opening.connection(), command.room(), command.document());
                opening.connection().say(reply(command, content.get()));
                return Optional.empty();
            }
            DocumentFeed feed = feeds.of(command.room(), command.document()).orElse(null);
            DocumentFeed.Answer answer = feed == null ? DocumentFeed.Answer.ENDED
                    : feed.answer(opening, content.get().version(), Codec.encode(reply(command, content.get())));
            switch (answer) {
                case SENT -> {
                    return Optional.empty();
                }
                case ENDED -> {
                    return Optional.of(Problem.unavailable("The document changed. Try again."));
                }
                case BEHIND -> { }
            }
        }
        return Optional.of(Problem.unavailable("The document changes too fast. Try again."));
    }

    private static boolean maySee(RoomView room, Connection connection) {
        return RoomPolicy.maySee(room, connection.caller().id(), Instant.now());
    }

    private static Reply.Opened reply(DocumentCommand.Open command, StoredDocuments.Content content) {
        List<String> updates = new ArrayList<>(content.updates().size());
        content.updates().forEach(update -> updates.add(base64(update.content())));
        return new Reply.Opened(command.id(), command.document(), content.title(), content.version(),
                content.snapshot().map(Opening::base64), content.download(), updates, content.recovered(), content.isPart());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Problem refusal(Throwable failed) {
        Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
        if (cause instanceof RejectedExecutionException) {
            return Problem.unavailable("Too many reads are waiting.");
        }
        LOG.log(Level.WARNING, "A document could not be read", cause);
        return Problem.unavailable("The document can't be read now.");
    }
}
