package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.feature.Features;
import parley.journal.RoomLog;
import parley.journal.Views;
import parley.message.History;
import parley.protocol.Codec;
import parley.protocol.Feature;
import parley.protocol.HistoryPage;
import parley.protocol.OngoingCall;
import parley.protocol.Position;
import parley.protocol.Problem;
import parley.protocol.ReadCommand;
import parley.protocol.Reply;
import parley.protocol.Unread;
import parley.reading.MarkingRead;
import parley.reading.UnreadNumbers;
import parley.room.OngoingCalls;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.settings.Settings;
import parley.threads.ReaderPool;

/**
 * Starts and ends subscriptions. No event is lost or repeated between the replay and the live events, because the subscription joins the
 * feed before its reply and goes live when it has reached the feed's offset.
 */
@ApplicationScoped
public class Subscribing {

    private static final Logger LOG = Logger.getLogger(Subscribing.class.getName());

    @Inject
    private Connections connections;
    @Inject
    private Feeds feeds;
    @Inject
    private Delivering delivering;
    @Inject
    private Views views;
    @Inject
    private RoomLog log;
    @Inject
    private History history;
    @Inject
    private UnreadNumbers numbers;
    @Inject
    private MarkingRead marking;
    @Inject
    private OngoingCalls calls;
    @Inject
    private ReaderPool pool;
    @Inject
    private NotFoundDelay notFoundDelay;
    @Inject
    private Features features;
    @Inject
    private Settings settings;

    /**
     * Sends the reply. Completes empty when the subscription has begun, otherwise with the refusal. Commands of one connection keep their
     * order.
     */
    public CompletableFuture<Optional<Problem>> subscribe(Connection connection, ReadCommand.Subscribe command) {
        CompletableFuture<Optional<Problem>> decided = connection.inTurn(() -> views.of(command.room())
                .thenCompose(view -> begin(connection, command, view))
                .exceptionally(failed -> {
                    feeds.detach(connection, command.room());
                    return Optional.of(refusal(failed));
                }));
        return notFoundDelay.hide(decided, refused -> refused.filter(Problem::hides).isPresent()).thenApply(refused -> {
            refused.ifPresent(problem -> connection.say(new Reply.Refused(command.id(), problem)));
            return refused;
        });
    }

    /** Ends the subscription, if there is one, and sends the reply. Completes when no more events of the room follow. */
    public CompletableFuture<Void> unsubscribe(Connection connection, ReadCommand.Unsubscribe command) {
        return connection.inTurn(() -> {
            feeds.detach(connection, command.room());
            connection.say(new Reply.Done(command.id()));
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletableFuture<Optional<Problem>> begin(Connection connection, ReadCommand.Subscribe command,
                                                       Optional<RoomView> found) {
        String user = connection.caller().id();
        RoomView view = found.filter(room -> RoomPolicy.maySee(room, user, Instant.now())).orElse(null);
        if (view == null) {
            return refused(Problem.noSuchRoom());
        }
        boolean another = !connection.subscriptions().contains(command.room());
        if (another && connection.subscriptions().size() >= settings.connections().subscriptions()) {
            return refused(Problem.tooLarge("A connection has at most " + settings.connections().subscriptions() + " subscriptions."));
        }
        if (!feeds.hasPlaceFor(command.room())) {
            return refused(Problem.unavailable("This instance serves subscriptions to too many rooms."));
        }
        if (!connections.isOpen(connection)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Optional<Feeds.Attached> attached = feeds.attach(connection, view);
        delivering.bringUpTo(view);
        if (attached.isEmpty()) {
            return refused(logReplaced());
        }
        return pool.read(() -> {
            // Check rights again: they may have changed before the subscription joined the feed. The feed watches later changes.
            RoomView now = views.cached(command.room()).orElse(view);
            if (now.offset() < attached.get().from()) {
                // The view left the cache in between, and this one may not know who was removed.
                feeds.detach(connection, command.room());
                return Optional.of(Problem.unavailable("The room changes too fast. Try again."));
            }
            if (!RoomPolicy.maySee(now, user, Instant.now())) {
                feeds.detach(connection, command.room());
                return Optional.of(Problem.noSuchRoom());
            }
            return answer(command, now, user, attached.get()) ? Optional.empty()
                    : Optional.of(logReplaced());
        });
    }

    private boolean answer(ReadCommand.Subscribe command, RoomView view, String user, Feeds.Attached attached) {
        long from = attached.from();
        Optional<Position> resumed = command.since().filter(since -> canResume(view, since, from));
        Optional<Reply.Subscribed.Newest> newest = newest(command, view.id(), from, user);
        Optional<Unread> unread = view.member(user).flatMap(member -> numbers.of(user, view.id()));
        List<Unread.Reader> readers = unread.isPresent() && features.isOn(Feature.READ) ? marking.readers(view, user) : List.of();
        Optional<OngoingCall> call = view.call().flatMap(on -> calls.of(view.id()));
        return attached.feed().answer(attached.subscription(), online -> Codec.encode(new Reply.Subscribed(command.id(),
                view.id(), new Position(view.epoch(), from), view.role(user), view.mutedUntil(user, Instant.now()),
                resumed.isPresent(), newest, unread, readers, call, online)), resumed.map(Position::offset).orElse(from));
    }

    private Optional<Reply.Subscribed.Newest> newest(ReadCommand.Subscribe command, String room, long from, String user) {
        if (command.last() < 0) {
            return Optional.empty();
        }
        if (command.last() == 0) {
            return Optional.of(new Reply.Subscribed.Newest(List.of(), from));
        }
        Reply.Page page = history.read(0, room, HistoryPage.upTo(from, command.last()), user);
        return Optional.of(new Reply.Subscribed.Newest(page.messages(), page.asOf()));
    }

    // Whether the log has every event between the two positions.
    private boolean canResume(RoomView view, Position since, long upTo) {
        long behind = upTo - since.offset();
        return since.epoch().equals(view.epoch()) && behind >= 0 && behind <= RoomLog.LONGEST_REPLAY
                && (behind == 0 || log.isComplete(view.id(), since.offset(), upTo));
    }

    private static CompletableFuture<Optional<Problem>> refused(Problem problem) {
        return CompletableFuture.completedFuture(Optional.of(problem));
    }

    private static Problem logReplaced() {
        return Problem.unavailable("The room's log was replaced. Try again.");
    }

    private static Problem refusal(Throwable failed) {
        Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
        if (cause instanceof RejectedExecutionException) {
            return Problem.unavailable("Too many reads are waiting.");
        }
        LOG.log(Level.WARNING, "A room could not be read", cause);
        return Problem.unavailable("The room can't be read now.");
    }
}
