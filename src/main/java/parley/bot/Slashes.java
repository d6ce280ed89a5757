package parley.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import parley.identity.Caller;
import parley.identity.Service;
import parley.journal.Views;
import parley.message.ReadingHistory;
import parley.metrics.Counter;
import parley.metrics.Metrics;
import parley.protocol.Event;
import parley.protocol.Form;
import parley.protocol.Message;
import parley.protocol.Problem;
import parley.protocol.Reply;
import parley.protocol.SlashCommand;
import parley.protocol.User;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.ReaderPool;
import parley.watch.Watchers;

/**
 * Slash commands: offers them, gives them to their bots, and brings the private answers back. Calls and answers go to every watching
 * connection of the bot or the person, on every instance, and are not stored in a log. Never waits; a thread of the reader pool reads.
 */
@ApplicationScoped
public class Slashes {

    /** The names of the commands that clients carry out themselves. */
    static final List<String> BUILT_IN = List.of("me", "topic", "invite", "mute", "remind");

    private Views views;
    private ReadingHistory history;
    private SlashTables tables;
    private ReaderPool readers;
    private Watchers watchers;
    private Counter delivered;
    private Counter away;
    private Counter answered;

    /** For the container's proxy. */
    protected Slashes() {
    }

    @Inject
    Slashes(Views views, ReadingHistory history, SlashTables tables, ReaderPool readers, Watchers watchers, Metrics metrics) {
        this.views = views;
        this.history = history;
        this.tables = tables;
        this.readers = readers;
        this.watchers = watchers;
        delivered = counter(metrics, "delivered");
        away = counter(metrics, "away");
        answered = counter(metrics, "answered");
    }

    private static Counter counter(Metrics metrics, String outcome) {
        return metrics.count("parley_slash_calls_total", "Slash commands and presses of buttons: delivered to their bot, refused because "
                + "the bot was away, or answered privately.", "outcome", outcome);
    }

    /** Executes a command; completes with its reply. */
    public CompletableFuture<Reply> execute(Caller by, SlashCommand command) {
        return switch (command) {
            case SlashCommand.Register c -> register(by, c);
            case SlashCommand.Listing c -> list(by, c);
            case SlashCommand.Run c -> run(by, c);
            case SlashCommand.Press c -> press(by, c);
            case SlashCommand.Answer c -> answer(by, c);
        };
    }

    private CompletableFuture<Reply> register(Caller by, SlashCommand.Register command) {
        Optional<Problem> refused = onlyBots(by).or(() -> command.commands().stream().filter(slash -> BUILT_IN.contains(slash.name()))
                .findFirst().map(slash -> Problem.conflict("/" + slash.name() + " is built in.")));
        return refused.isPresent() ? refused(command, refused.get())
                : readers.read(() -> tables.register(Service.idOf(by.id()), command.commands())
                .<Reply>map(problem -> new Reply.Refused(command.id(), problem)).orElseGet(() -> new Reply.Done(command.id())));
    }

    private CompletableFuture<Reply> list(Caller by, SlashCommand.Listing command) {
        return views.of(command.room()).thenCompose(found -> {
            Optional<RoomView> room = found.filter(view -> RoomPolicy.maySee(view, by.id(), Instant.now()));
            return room.isEmpty() ? refused(command, Problem.noSuchRoom())
                    : readers.read(() -> new Reply.Slashes(command.id(), tables.offered(command.room(), bots(room.get()))));
        });
    }

    private CompletableFuture<Reply> run(Caller by, SlashCommand.Run command) {
        return ifMayPost(by, command.room(), command, view -> readers.read(() -> {
            Optional<SlashTables.Target> target = tables.offered(command.room(), bots(view), command.command());
            if (target.isEmpty()) {
                return new Reply.Refused(command.id(), Problem.badRequest("No bot offers /" + command.command() + " in this room."));
            }
            User bot = target.get().offered().bot();
            return tell(by, command, command.room(), bot, target.get().watched(),
                    call -> new Event.SlashRan(call, command.room(), by.user(), command.command(), command.text()));
        }));
    }

    private CompletableFuture<Reply> press(Caller by, SlashCommand.Press command) {
        return ifMayPost(by, command.room(), command, view -> command.message() > 0 ? pressOnMessage(by, command, view)
                : readers.read(() -> tables.call(command.call(), Instant.now())
                .filter(call -> call.person().equals(by.id()) && call.room().equals(command.room()))
                .map(call -> pressed(by, command, view, call.bot(), call.form()))
                .orElseGet(() -> new Reply.Refused(command.id(), noSuchButton()))));
    }

    private CompletableFuture<Reply> pressOnMessage(Caller by, SlashCommand.Press command, RoomView view) {
        return history.one(by, command.room(), command.message()).thenCompose(found -> switch (found) {
            case ReadingHistory.Found.Refused<Message> refused -> refused(command, refused.problem());
            case ReadingHistory.Found.Read<Message> read -> readers.read(() -> pressed(by, command, view, read.value().by().id(),
                    read.value().form()));
        });
    }

    private Reply pressed(Caller by, SlashCommand.Press command, RoomView view, String bot, Optional<Form> form) {
        Optional<Problem> refused = form.map(there -> there.refusal(command.action(), command.values()))
                .orElseGet(() -> Optional.of(noSuchButton()))
                .or(() -> view.member(bot).isPresent() ? Optional.empty() : Optional.of(noSuchButton()));
        Optional<Instant> watched = refused.isPresent() ? Optional.empty() : tables.watched(Service.idOf(bot));
        return watched.isEmpty() ? new Reply.Refused(command.id(), refused.orElseGet(Slashes::noSuchButton))
                : tell(by, command, command.room(), new User(bot, Service.idOf(bot)), watched.get(),
                call -> new Event.SlashPressed(call, command.room(), by.user(), command.message(), command.action(), command.values()));
    }

    private Reply tell(Caller by, SlashCommand command, String room, User bot, Instant watched, Function<String, Event> event) {
        Instant now = Instant.now();
        if (!watchers.isWatching(bot.id()) && watched.isBefore(now.minus(BotWatch.AWAY))) {
            away.increment();
            return new Reply.Refused(command.id(), Problem.unavailable(bot.name() + " is not connected now."));
        }
        String call = UUID.randomUUID().toString();
        if (!tables.insert(new SlashTables.Call(call, bot.id(), room, by.id(), 0, Optional.empty()), now)) {
            return new Reply.Refused(command.id(), Problem.rateLimited("You asked bots too often. Wait a while.",
                    SlashTables.ANSWERABLE.toMillis()));
        }
        watchers.tell(bot.id(), event.apply(call));
        delivered.increment();
        return new Reply.Called(command.id(), call);
    }

    private CompletableFuture<Reply> answer(Caller by, SlashCommand.Answer command) {
        Optional<Problem> refused = onlyBots(by);
        return refused.isPresent() ? refused(command, refused.get())
                : readers.read(() -> tables.call(command.call(), Instant.now()).filter(call -> call.bot().equals(by.id())))
                .thenCompose(found -> found.map(call -> ifMayPost(by, call.room(), command,
                        view -> readers.read(() -> answer(by, command, call)))).orElseGet(() -> refused(command, tooLate())));
    }

    private Reply answer(Caller by, SlashCommand.Answer command, SlashTables.Call call) {
        if (!tables.answer(call.id(), command.form())) {
            return new Reply.Refused(command.id(),
                    Problem.conflict("A call gets at most " + SlashTables.MOST_ANSWERS + " answers."));
        }
        watchers.tell(call.person(), new Event.SlashAnswered(call.id(), call.room(), by.user(), command.text(), command.form()));
        answered.increment();
        return new Reply.Done(command.id());
    }

    private CompletableFuture<Reply> ifMayPost(Caller by, String room, SlashCommand command,
                                               Function<RoomView, CompletableFuture<Reply>> then) {
        return views.of(room).thenCompose(found -> {
            Optional<Problem> refused = found.map(view -> RoomPolicy.posting(view, by.actor(), Instant.now()))
                    .orElseGet(() -> Optional.of(Problem.noSuchRoom()));
            return refused.isPresent() ? refused(command, refused.get()) : then.apply(found.orElseThrow());
        });
    }

    // The ids of the services among the members.
    private static List<String> bots(RoomView room) {
        return room.members().byId().keySet().stream().filter(Service::is).map(Service::idOf).toList();
    }

    private static Optional<Problem> onlyBots(Caller by) {
        return by.isBot() ? Optional.empty() : Optional.of(Problem.forbidden("Only bots can do this."));
    }

    private static Problem tooLate() {
        return Problem.gone("This call doesn't exist, or it is too late to answer it.");
    }

    private static Problem noSuchButton() {
        return Problem.conflict("There is no such button any more.");
    }

    private static CompletableFuture<Reply> refused(SlashCommand command, Problem problem) {
        return CompletableFuture.completedFuture(new Reply.Refused(command.id(), problem));
    }
}
