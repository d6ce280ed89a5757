package parley.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.bot.Scopes;
import parley.bot.Slashes;
import parley.call.Participating;
import parley.call.Signalling;
import parley.document.Opening;
import parley.document.UpdateDocument;
import parley.feature.Features;
import parley.hub.Backpressure;
import parley.hub.BroadcastingTyping;
import parley.hub.Connection;
import parley.hub.GracefulShutdown;
import parley.hub.NotFoundDelay;
import parley.hub.RefreshingToken;
import parley.hub.Subscribing;
import parley.identity.Caller;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.limits.Limits;
import parley.message.MessageProposals;
import parley.message.ReadingHistory;
import parley.protocol.BrokenFrame;
import parley.protocol.CallCommand;
import parley.protocol.CloseCode;
import parley.protocol.Command;
import parley.protocol.ConnectionCommand;
import parley.protocol.DocumentCommand;
import parley.protocol.ErrorCode;
import parley.protocol.Inbound;
import parley.protocol.MessageCommand;
import parley.protocol.Problem;
import parley.protocol.ReadCommand;
import parley.protocol.Reply;
import parley.protocol.RoomCommand;
import parley.protocol.SlashCommand;
import parley.protocol.StoredCommand;
import parley.protocol.WatchCommand;
import parley.reading.MarkingRead;
import parley.room.Proposal;
import parley.room.RoomProposals;
import parley.settings.Settings;
import parley.threads.Unattended;
import parley.tracing.Trace;
import parley.tracing.Tracing;
import parley.watch.Watching;

/**
 * Routes each command to the class that executes it, by its family: commands of a connection, and those that come over HTTP without one.
 * Never blocks. Every command with an id gets exactly one reply.
 */
@ApplicationScoped
public class FrameRouter {

    private static final Logger LOG = Logger.getLogger(FrameRouter.class.getName());
    private static final long RETRY_MILLIS = 1_000;

    @Inject
    private Journal journal;
    @Inject
    private Subscribing subscribing;
    @Inject
    private ReadingHistory history;
    @Inject
    private BroadcastingTyping typing;
    @Inject
    private RefreshingToken refreshing;
    @Inject
    private NotFoundDelay notFoundDelay;
    @Inject
    private GracefulShutdown draining;
    @Inject
    private Limits limits;
    @Inject
    private Features features;
    @Inject
    private Backpressure backpressure;
    @Inject
    private MessageProposals messages;
    @Inject
    private Opening opening;
    @Inject
    private Participating participating;
    @Inject
    private Signalling signalling;
    @Inject
    private Slashes slashes;
    @Inject
    private Settings settings;
    @Inject
    private Watching watching;
    @Inject
    private MarkingRead marking;
    @Inject
    private CommandMetrics metrics;
    @Inject
    private Tracing tracing;

    // Public, because the container calls non-public methods through its proxies by reflection.
    public void route(Connection from, Inbound frame) {
        switch (frame) {
            case BrokenFrame broken -> refuseBroken(from, broken);
            case Command command -> route(from, command);
        }
    }

    /**
     * Executes a frame that came without a connection. Completes with the reply; empty if the command has no id and needs none. A command
     * that begins, ends or changes something of a connection is refused.
     */
    public CompletableFuture<Optional<Reply>> execute(Caller by, String address, Inbound frame) {
        return switch (frame) {
            case BrokenFrame broken -> {
                metrics.count("broken", broken.problem().code().wire());
                yield CompletableFuture.completedFuture(Optional.of(new Reply.Refused(broken.re(), broken.problem())));
            }
            case Command command -> execute(by, address, command, tracing.command(command.type()))
                    .thenApply(reply -> Optional.of(reply).filter(answered -> command.id() > 0));
        };
    }

    private CompletableFuture<Reply> execute(Caller by, String address, Command command, Trace trace) {
        Optional<Problem> refused = draining.isDraining() ? Optional.of(Problem.unavailable("The instance is shutting down."))
                : limits.command(by.id(), command).or(() -> refusal(by, command));
        try {
            return finish(command, trace, refused.isPresent() ? refused(command, refused.get()) : alone(by, address, command, trace));
        } catch (RuntimeException | Error defect) {
            return finish(command, trace, CompletableFuture.failedFuture(defect));
        }
    }

    private CompletableFuture<Reply> alone(Caller by, String address, Command command, Trace trace) {
        return switch (command) {
            case RoomCommand c -> propose(address, c, trace, RoomProposals.of(c, by.actor()));
            case MessageCommand c -> propose(address, c, trace, messages.of(c, by.actor()));
            case ReadCommand.History c -> history.read(by, c.id(), c.room(), c.page());
            case WatchCommand.Read c -> mark(by, c);
            case ConnectionCommand.Ping c -> CompletableFuture.completedFuture(new Reply.Done(c.id()));
            case ReadCommand.Subscribe c -> needsConnection(c);
            case ReadCommand.Unsubscribe c -> needsConnection(c);
            case WatchCommand.Watch c -> needsConnection(c);
            case WatchCommand.Unwatch c -> needsConnection(c);
            case ConnectionCommand.Typing c -> needsConnection(c);
            case ConnectionCommand.RefreshToken c -> needsConnection(c);
            case DocumentCommand.Update c -> update(by, address, c, trace);
            case DocumentCommand.Open c -> needsConnection(c);
            case DocumentCommand.Aware c -> needsConnection(c);
            case DocumentCommand.Close c -> needsConnection(c);
            case CallCommand c -> needsConnection(c);
            case SlashCommand c -> slashes.execute(by, c);
        };
    }

    private static CompletableFuture<Reply> needsConnection(Command command) {
        return refused(command, Problem.badRequest("`" + command.type() + "` needs a WebSocket. Over HTTP, open a stream."));
    }

    private static CompletableFuture<Reply> refused(Command command, Problem problem) {
        return CompletableFuture.completedFuture(new Reply.Refused(command.id(), problem));
    }

    private void route(Connection from, Command command) {
        if (from.isExpired(System.currentTimeMillis())) {
            from.expire();
        } else {
            admit(from, command, tracing.command(command.type()));
        }
    }

    private void admit(Connection from, Command command, Trace trace) {
        if (draining.isDraining()) {
            refuse(from, command, trace, Problem.unavailable("The instance is shutting down."));
        } else if (from.inFlight() >= settings.connections().commandsInProgress()) {
            // One connection must not fill the queue that all connections share.
            refuseAsTooMuch(from, command, trace, Problem.rateLimited("Too many pending commands. Wait for replies.", RETRY_MILLIS));
        } else {
            limits.command(from.caller().id(), command)
                    .ifPresentOrElse(problem -> refuseAsTooMuch(from, command, trace, problem), () -> beginCounted(from, command, trace));
        }
    }

    private void beginCounted(Connection from, Command command, Trace trace) {
        from.begins();
        Unattended.log(attempt(from, command, trace).whenComplete((done, failed) -> from.ends()), LOG, "A command could not be answered");
    }

    // A defect fails the command, not the connection.
    private CompletableFuture<?> attempt(Connection from, Command command, Trace trace) {
        try {
            return begin(from, command, trace);
        } catch (RuntimeException | Error defect) {
            return answer(from, command, trace, CompletableFuture.failedFuture(defect));
        }
    }

    private CompletableFuture<?> begin(Connection from, Command command, Trace trace) {
        Optional<Problem> refused = refusal(from.caller(), command);
        if (refused.isPresent()) {
            return answer(from, command, trace, refused(command, refused.get()));
        }
        return switch (command) {
            case RoomCommand c -> answer(from, c, trace, propose(from.address(), c, trace, RoomProposals.of(c, from.caller().actor())));
            case MessageCommand c -> answer(from, c, trace, propose(from.address(), c, trace, messages.of(c, from.caller().actor())));
            case ReadCommand c -> read(from, c, trace);
            case WatchCommand c -> watch(from, c, trace);
            case ConnectionCommand c -> serve(from, c, trace);
            case DocumentCommand c -> edit(from, c, trace);
            case CallCommand c -> answer(from, c, trace, call(from, c, trace));
            case SlashCommand c -> answer(from, c, trace, slashes.execute(from.caller(), c));
        };
    }

    private Optional<Problem> refusal(Caller by, Command command) {
        return Scopes.refusal(by, command).or(() -> features.refusal(command)).or(() -> command instanceof MessageCommand change
                ? messages.refusal(change).or(() -> backpressure.refusal(change.room(), by)) : Optional.empty());
    }

    private CompletableFuture<?> read(Connection from, ReadCommand command, Trace trace) {
        return switch (command) {
            case ReadCommand.Subscribe c -> subscribing.subscribe(from, c)
                    .thenAccept(refused -> end(c, trace, refused.map(p -> p.code().wire()).orElse("ok")));
            case ReadCommand.Unsubscribe c -> subscribing.unsubscribe(from, c).thenRun(() -> end(c, trace, "ok"));
            case ReadCommand.History c -> answer(from, c, trace, history.read(from.caller(), c.id(), c.room(), c.page()));
        };
    }

    private CompletableFuture<?> watch(Connection from, WatchCommand command, Trace trace) {
        return switch (command) {
            case WatchCommand.Watch c -> watching.watch(from, c)
                    .thenAccept(refused -> end(c, trace, refused.map(p -> p.code().wire()).orElse("ok")));
            case WatchCommand.Unwatch c -> answer(from, c, trace, CompletableFuture.completedFuture(watching.unwatch(from, c)));
            case WatchCommand.Read c -> answer(from, c, trace, mark(from.caller(), c));
        };
    }

    private CompletableFuture<Reply> mark(Caller by, WatchCommand.Read c) {
        return marking.mark(by, c.room(), c.upto(), c.back()).thenApply(refused -> refused
                .<Reply>map(problem -> new Reply.Refused(c.id(), problem)).orElseGet(() -> new Reply.Done(c.id())));
    }

    private CompletableFuture<?> serve(Connection from, ConnectionCommand command, Trace trace) {
        return answer(from, command, trace, switch (command) {
            case ConnectionCommand.Typing c -> typing.tell(from, c);
            case ConnectionCommand.RefreshToken c -> refreshing.refresh(from, c);
            case ConnectionCommand.Ping c -> CompletableFuture.completedFuture(new Reply.Done(c.id()));
        });
    }

    private CompletableFuture<?> edit(Connection from, DocumentCommand command, Trace trace) {
        return switch (command) {
            case DocumentCommand.Open c -> opening.open(from, c)
                    .thenAccept(refused -> end(c, trace, refused.map(p -> p.code().wire()).orElse("ok")));
            case DocumentCommand.Update c -> answer(from, c, trace, update(from.caller(), from.address(), c, trace));
            case DocumentCommand.Aware c -> answer(from, c, trace, opening.tell(from, c));
            case DocumentCommand.Close c -> opening.close(from, c).thenRun(() -> end(c, trace, "ok"));
        };
    }

    private CompletableFuture<Reply> call(Connection from, CallCommand command, Trace trace) {
        return switch (command) {
            case CallCommand.Start c -> journal.submit(participating.starting(c, from.caller().actor()), from.address(), trace)
                    .thenCompose(receipt -> receipt instanceof Receipt.Refused refused ? refused(c, refused.problem())
                            : participating.join(from, c.id(), c.room(), Optional.empty()));
            case CallCommand.Join c -> participating.join(from, c.id(), c.room(), c.participant());
            case CallCommand.Leave c -> participating.leave(from, c);
            case CallCommand.Signal c -> signalling.send(from, c);
        };
    }

    private CompletableFuture<Reply> update(Caller by, String address, DocumentCommand.Update command, Trace trace) {
        return propose(address, command, trace, UpdateDocument.of(command, by.actor(), settings.documents().bytes()));
    }

    private CompletableFuture<Reply> propose(String address, StoredCommand command, Trace trace, Proposal proposal) {
        return journal.submit(proposal, address, trace).thenApply(receipt -> switch (receipt) {
            case Receipt.Committed committed -> command.succeeded(committed.offset(), false);
            case Receipt.Already already -> command.succeeded(already.offset(), true);
            case Receipt.Held held -> new Reply.Held(command.id(), held.again());
            case Receipt.Refused refused -> new Reply.Refused(command.id(), refused.problem());
        });
    }

    private CompletableFuture<?> answer(Connection from, Command command, Trace trace, CompletableFuture<Reply> coming) {
        return finish(command, trace, coming).thenAccept(reply -> {
            // A command without an id gets no reply.
            if (command.id() > 0) {
                from.say(reply);
            }
            if (command instanceof StoredCommand && reply instanceof Reply.Refused refused
                    && refused.problem().code() == ErrorCode.UNAVAILABLE) {
                from.holdBack();
            }
        });
    }

    // Counts the outcome and ends the trace.
    private CompletableFuture<Reply> finish(Command command, Trace trace, CompletableFuture<Reply> coming) {
        CompletableFuture<Reply> answered = coming.exceptionally(failed -> {
            LOG.log(Level.WARNING, "Command " + command.type() + " failed; the client gets unavailable", failed);
            return new Reply.Refused(command.id(), Problem.unavailable("The server can't do this right now."));
        });
        return notFoundDelay.hide(answered,
                reply -> reply instanceof Reply.Refused refused && refused.problem().hides()).thenApply(reply -> {
            String outcome = reply instanceof Reply.Refused refused ? refused.problem().code().wire() : "ok";
            end(command, trace, outcome);
            return reply;
        });
    }

    private void end(Command command, Trace trace, String outcome) {
        metrics.count(command.type(), outcome);
        trace.end(outcome);
    }

    private void refuse(Connection from, Command command, Trace trace, Problem problem) {
        Unattended.log(answer(from, command, trace, refused(command, problem)), LOG,
                "A command could not be refused");
    }

    // Closes the connection of a client that keeps sending although it was told to wait.
    private void refuseAsTooMuch(Connection from, Command command, Trace trace, Problem problem) {
        refuse(from, command, trace, problem);
        if (limits.floods(from.caller().id()) && !from.isClosing()) {
            LOG.log(Level.INFO, "Connection {0} of {1} keeps exceeding its rate limit; closing it with {2}",
                    new Object[] {from.session(), from.caller().id(), CloseCode.FLOOD.code()});
            from.close(CloseCode.FLOOD, "too many commands");
        }
    }

    private void refuseBroken(Connection from, BrokenFrame broken) {
        metrics.count("broken", broken.problem().code().wire());
        from.say(new Reply.Refused(broken.re(), broken.problem()));
        if (from.broken() >= settings.connections().brokenFrames()) {
            LOG.log(Level.INFO, "Connection {0} sent {1} broken frames in a minute; closing it",
                    new Object[] {from.session(), settings.connections().brokenFrames()});
            from.close(CloseCode.BROKEN, "too many broken frames");
        }
    }
}
