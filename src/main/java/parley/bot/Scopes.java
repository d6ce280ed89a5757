package parley.bot;

import java.util.Optional;
import parley.identity.Caller;
import parley.identity.Scope;
import parley.protocol.CallCommand;
import parley.protocol.Command;
import parley.protocol.ConnectionCommand;
import parley.protocol.DocumentCommand;
import parley.protocol.MessageCommand;
import parley.protocol.Problem;
import parley.protocol.ReadCommand;
import parley.protocol.RoomCommand;
import parley.protocol.SlashCommand;
import parley.protocol.WatchCommand;

/** Which commands the token of a bot allows. Pure. */
public final class Scopes {

    private Scopes() {
    }

    /** Refuses a command that the caller's token does not allow. The token of a person allows all. */
    public static Optional<Problem> refusal(Caller by, Command command) {
        if (!by.isBot()) {
            return Optional.empty();
        }
        return switch (command) {
            case ReadCommand c -> needs(Scope.READ, by);
            case WatchCommand c -> needs(Scope.READ, by);
            case MessageCommand c -> needs(Scope.POST, by);
            case RoomCommand c -> needs(Scope.MEMBERS, by);
            case DocumentCommand c -> never();
            case CallCommand c -> never();
            case SlashCommand c -> switch (c) {
                case SlashCommand.Register register -> needs(Scope.COMMANDS, by);
                case SlashCommand.Answer answer -> needs(Scope.COMMANDS, by);
                case SlashCommand.Listing listing -> needs(Scope.READ, by);
                case SlashCommand.Run run -> never();
                case SlashCommand.Press press -> never();
            };
            case ConnectionCommand c -> switch (c) {
                case ConnectionCommand.Typing typing -> needs(Scope.POST, by);
                case ConnectionCommand.RefreshToken refresh -> Optional.empty();
                case ConnectionCommand.Ping ping -> Optional.empty();
            };
        };
    }

    /** Refuses a bot whose token lacks a scope. */
    public static Optional<Problem> needs(Scope scope, Caller by) {
        return by.hasScope(scope) ? Optional.empty()
                : Optional.of(Problem.forbidden("The token lacks the scope `" + scope.wire() + "`."));
    }

    /** The refusal of what no bot may do. */
    public static Optional<Problem> never() {
        return Optional.of(Problem.forbidden("Bots can't do this."));
    }
}
