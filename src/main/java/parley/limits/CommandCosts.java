package parley.limits;

import parley.protocol.CallCommand;
import parley.protocol.Command;
import parley.protocol.ConnectionCommand;
import parley.protocol.DocumentCommand;
import parley.protocol.MessageCommand;
import parley.protocol.ReadCommand;
import parley.protocol.RoomCommand;
import parley.protocol.SlashCommand;
import parley.protocol.WatchCommand;

/** What commands cost: ephemeral ones least, commands that store or read more, commands that change the members of a room most. */
final class CommandCosts {

    /** The cost of the most expensive command. */
    static final int MOST = 10;

    private static final int EPHEMERAL = 1;
    /** People who edit a document send an update for every few letters, and people who begin a call a few dozen signals. */
    private static final int WRITING = 2;
    private static final int STORED_OR_READ = 5;

    private CommandCosts() {
    }

    static int of(Command command) {
        return switch (command) {
            case RoomCommand c -> MOST;
            case MessageCommand c -> STORED_OR_READ;
            case ReadCommand c -> c instanceof ReadCommand.Unsubscribe ? EPHEMERAL : STORED_OR_READ;
            case WatchCommand c -> c instanceof WatchCommand.Watch ? MOST : EPHEMERAL;
            case DocumentCommand c -> switch (c) {
                case DocumentCommand.Open open -> STORED_OR_READ;
                case DocumentCommand.Update update -> WRITING;
                case DocumentCommand.Aware aware -> EPHEMERAL;
                case DocumentCommand.Close close -> EPHEMERAL;
            };
            case CallCommand c -> switch (c) {
                case CallCommand.Start start -> MOST;
                case CallCommand.Join join -> MOST;
                case CallCommand.Leave leave -> STORED_OR_READ;
                case CallCommand.Signal signal -> WRITING;
            };
            case SlashCommand c -> c instanceof SlashCommand.Register ? MOST : STORED_OR_READ;
            case ConnectionCommand c -> c instanceof ConnectionCommand.RefreshToken ? STORED_OR_READ : EPHEMERAL;
        };
    }
}
