package parley.limits;

import parley.protocol.Command;

/** What commands cost: ephemeral ones least, commands that store or read more, commands that change the members of a room most. */
final class CommandCosts {

    /** The cost of the most expensive command. */
    static final int MOST = 10;

    private static final int EPHEMERAL = 1;
    private static final int STORED_OR_READ = 5;

    private CommandCosts() {
    }

    static int of(Command command) {
        return switch (command) {
            case Command.Ping c -> EPHEMERAL;
            case Command.Typing c -> EPHEMERAL;
            case Command.Unsubscribe c -> EPHEMERAL;
            case Command.RefreshToken c -> STORED_OR_READ;
            case Command.PostMessage c -> STORED_OR_READ;
            case Command.ReadHistory c -> STORED_OR_READ;
            case Command.Subscribe c -> STORED_OR_READ;
            case Command.JoinRoom c -> MOST;
            case Command.LeaveRoom c -> MOST;
        };
    }
}
