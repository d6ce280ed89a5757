package parley.watch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Connection;
import parley.protocol.Codec;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.protocol.WatchCommand;
import parley.reading.MyRooms;
import parley.threads.ReaderPool;

/** Starts and ends the watching of a connection. No change is lost between the reply and the first event. */
@ApplicationScoped
public class Watching {

    private static final Logger LOG = Logger.getLogger(Watching.class.getName());

    @Inject
    private Watchers watchers;
    @Inject
    private Activities activities;
    @Inject
    private MyRooms rooms;
    @Inject
    private ReaderPool readers;
    @Inject
    private Event<WatchBegan> began;

    /** Sends the reply with the caller's rooms. Completes with the refusal, which was sent too, if there is one. */
    public CompletableFuture<Optional<Problem>> watch(Connection connection, WatchCommand.Watch command) {
        Watcher watcher = watchers.begin(connection);
        String user = connection.caller().id();
        return readers.read(() -> {
            MyRooms.MyList all = rooms.all(user);
            activities.watches(user, all.ids());
            Reply.Watching reply = rooms.first(command.id(), user, all);
            began.fire(new WatchBegan(user, event -> watcher.tell(null, Codec.encode(event))));
            return reply;
        }).thenApply(reply -> {
            if (watcher.goLive(reply)) {
                return Optional.<Problem>empty();
            }
            watchers.end(connection, watcher);
            return Optional.of(Problem.unavailable("Your rooms change too fast."));
        }).exceptionally(failed -> Optional.of(refuse(connection, watcher, command, failed)));
    }

    /** Ends the watching, if the connection watches. */
    public Reply unwatch(Connection connection, WatchCommand.Unwatch command) {
        watchers.end(connection);
        return new Reply.Done(command.id());
    }

    private Problem refuse(Connection connection, Watcher watcher, WatchCommand.Watch command, Throwable failed) {
        watchers.end(connection, watcher);
        Throwable cause = failed instanceof CompletionException ? failed.getCause() : failed;
        Problem refusal = Problem.unavailable(cause instanceof RejectedExecutionException ? "Too many reads are waiting."
                : "Your rooms can't be read now.");
        if (!(cause instanceof RejectedExecutionException)) {
            LOG.log(Level.WARNING, "The rooms of a person could not be read", cause);
        }
        connection.say(new Reply.Refused(command.id(), refusal));
        return refusal;
    }
}
